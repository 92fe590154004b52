// A large matrix is one stop in the tab order; the arrows go from cell to cell.
// Without this script every cell is a stop of its own.
(() => {
  "use strict";
  const table = document.querySelector("table.mx.k");
  if (!table) return;
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
