// A cell's history opens in the drawer beside the matrix.
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
    const address = new URL(link.href);
    address.searchParams.set("manh", "1");
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
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
})();
