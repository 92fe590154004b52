// Drafting, made quicker: the page does all of this without a script, one request later.
"use strict";

(() => {
  const desk = document.querySelector("[data-desk]");
  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  if (!desk) return;

  // --- The paper follows what is typed -----------------------------------------------------------
  let waiting;
  let asked = 0;

  async function draw() {
    const turn = ++asked;
    const data = new FormData(desk);
    data.set("act", "preview");
    const answer = await fetch(location.pathname, { method: "POST", body: data });
    if (!answer.ok || turn !== asked) return;
    const paper = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".nd30");
    for (const pane of document.querySelectorAll("[data-paper]")) pane.replaceChildren(paper.cloneNode(true));
  }

  function drawSoon() {
    clearTimeout(waiting);
    waiting = setTimeout(() => draw().catch(() => {}), 700);
  }

  // --- The periods of recurring work follow its rule -----------------------------------------------
  for (const rhythm of desk.querySelectorAll("[data-rhythm]")) {
    let turn = 0;
    rhythm.addEventListener("input", async () => {
      const mine = ++turn;
      const data = new FormData(desk);
      data.set("act", rhythm.dataset.rhythm);
      const answer = await fetch(location.pathname, { method: "POST", body: data, headers: { "HX-Request": "true" } }).catch(() => null);
      if (!answer || !answer.ok || mine !== turn) return;
      const drawn = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".coming");
      if (drawn) rhythm.querySelector(".coming").replaceWith(drawn);
    });
  }

  // --- Nothing typed is left behind by accident --------------------------------------------------
  let typed = false;
  let sending = false;
  desk.addEventListener("input", () => { typed = true; drawSoon(); });
  desk.addEventListener("submit", () => { sending = true; });
  window.addEventListener("beforeunload", (event) => { if (typed && !sending) event.preventDefault(); });

  // --- A passage of the source becomes a task ----------------------------------------------------
  const source = document.querySelector("[data-source]");
  const make = document.querySelector("[data-passage]");

  function chosen() {
    const selection = document.getSelection();
    if (!source || selection.isCollapsed || !source.contains(selection.anchorNode)) return "";
    const copy = selection.getRangeAt(0).cloneContents();
    for (const sign of copy.querySelectorAll("sup")) sign.remove();
    return copy.textContent.trim();
  }

  if (make) {
    document.addEventListener("selectionchange", () => { make.hidden = !chosen(); });
    make.addEventListener("mousedown", (event) => event.preventDefault());
    make.addEventListener("click", () => { document.getElementById("passage").value = chosen(); });
  }

  // --- A task is cut where the cursor stands in its text ------------------------------------------
  const cursor = desk.querySelector("[data-cursor]");

  for (const button of desk.querySelectorAll("[value^='task-split-']")) {
    const text = document.getElementById(`id_task-${button.value.split("-").pop()}-text`);
    // Counted in whole letters, as the server counts; each line end is one.
    button.addEventListener("click", () => { cursor.value = [...text.value.slice(0, text.selectionStart)].length; });
  }

  // --- Units are found while their names are typed -----------------------------------------------
  const names = [...document.querySelectorAll("#don-vi option")].map((option) => option.value);
  const keys = names.map((name) => {
    const words = fold(name).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    return { name, key: `${words.join(" ")} ${words.map((word) => word[0]).join("")}` };
  });
  const MOST = 8;

  function offer(input) {
    const many = input.dataset.units === "many";
    const list = document.createElement("ul");
    list.className = "offers";
    list.id = `${input.id}-offers`;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.labels[0] ? input.labels[0].textContent : "");
    list.hidden = true;
    input.removeAttribute("list");
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");
    input.parentElement.classList.add("offered");
    input.after(list);
    let at = -1;

    const before = () => (many ? input.value.split(";").slice(0, -1).map((name) => name.trim()) : []);
    const word = () => fold((many ? input.value.split(";").pop() : input.value).trim());

    function show(found) {
      at = -1;
      list.replaceChildren(...found.map((name, n) => {
        const item = document.createElement("li");
        item.id = `${list.id}-${n}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        item.textContent = name;
        item.addEventListener("mousedown", (event) => { event.preventDefault(); take(name); });
        return item;
      }));
      list.hidden = !found.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      input.removeAttribute("aria-activedescendant");
    }

    function take(name) {
      input.value = many ? `${[...before(), name].join("; ")}; ` : name;
      show([]);
      input.dispatchEvent(new Event("input", { bubbles: true }));
      show([]);
    }

    function search() {
      const parts = word().split(/\s+/).filter(Boolean);
      if (!parts.length) return show([]);
      const taken = new Set(before());
      const found = keys.filter(({ name, key }) => !taken.has(name) && parts.every((part) => key.includes(part)));
      return show(found.slice(0, MOST).map(({ name }) => name));
    }

    function move(step) {
      const items = [...list.children];
      if (!items.length) return;
      at = (at + step + items.length) % items.length;
      items.forEach((item, n) => item.setAttribute("aria-selected", String(n === at)));
      items[at].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", items[at].id);
    }

    input.addEventListener("input", search);
    input.addEventListener("blur", () => show([]));
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        move(event.key === "ArrowDown" ? 1 : -1);
      } else if (event.key === "Enter" && at >= 0) {
        event.preventDefault();
        take(list.children[at].textContent);
      } else if (event.key === "Escape") {
        show([]);
      }
    });
  }

  for (const input of desk.querySelectorAll("[data-units]")) offer(input);
})();
