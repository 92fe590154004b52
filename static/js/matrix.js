// The matrix without leaving the page: a cell's history opens in the drawer, arrow keys walk the grid.
// Without this script every cell is an ordinary link to its own page.
(() => {
  "use strict";
  const drawer = document.getElementById("lich-su");
  const table = document.querySelector("table.mx");
  if (!drawer || !table) return;
  const content = drawer.querySelector("[data-drawer]");
  let opener = null;

  const close = () => {
    if (location.hash === "#lich-su") history.back();
  };

  const open = async (link) => {
    const answer = await fetch(`${link.href}?manh=1`, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) {
      location.assign(link.href);
      return;
    }
    content.innerHTML = await answer.text();
    table.querySelector(".sel")?.classList.remove("sel");
    link.closest("td").classList.add("sel");
    opener = link;
    location.hash = "lich-su";
    drawer.focus({ preventScroll: true });
  };

  table.addEventListener("click", (event) => {
    const link = event.target.closest("td > a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    open(link).catch(() => location.assign(link.href));
  });

  addEventListener("hashchange", () => {
    if (location.hash !== "#lich-su" && opener) {
      opener.focus({ preventScroll: true });
      opener = null;
    }
  });

  drawer.addEventListener("click", (event) => {
    if (event.target.closest('a[href="#ma-tran"]')) {
      event.preventDefault();
      close();
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && opener) close();
  });

  // One stop in the tab order for a large grid; the arrows go from cell to cell.
  if (!table.classList.contains("k")) return;
  const rows = [...table.querySelectorAll("tbody tr:not(.grp)")].map((row) => [...row.cells].map((cell) => cell.querySelector("a")));
  rows.flat().forEach((link) => link?.closest("td") && (link.tabIndex = -1));
  const first = rows[0]?.slice(1).find(Boolean);
  if (first) first.tabIndex = 0;

  const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td, th[scope=row]");
    if (!cell || !(event.key in STEPS || event.key === "Home" || event.key === "End")) return;
    let y = rows.findIndex((row) => row.includes(event.target));
    let x = cell.cellIndex;
    if (y < 0) return;
    event.preventDefault();
    if (event.key === "Home" || event.key === "End") {
      x = event.key === "Home" ? 0 : rows[y].length - 1;
      if (event.ctrlKey) y = event.key === "Home" ? 0 : rows.length - 1;
      return move(rows[y][x]);
    }
    const [down, right] = STEPS[event.key];
    for (y += down, x += right; rows[y] && x >= 0 && x < rows[y].length; y += down, x += right) {
      if (rows[y][x]) return move(rows[y][x]);
    }
  });

  const move = (link) => {
    if (!link) return;
    table.querySelectorAll('td > a[tabindex="0"]').forEach((one) => (one.tabIndex = -1));
    if (link.closest("td")) link.tabIndex = 0;
    link.focus();
  };
})();
