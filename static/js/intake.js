// Sending a file to draft from: dropped anywhere on the form, and the wait is said. Without a script one chooses it.
"use strict";

(() => {
  const form = document.querySelector("[data-intake]");
  const input = form?.querySelector("input[type=file]");
  const progress = form?.querySelector("[data-progress]");
  if (!input) return;

  const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");
  form.addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    form.classList.add("over");
  });
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    form.classList.remove("over");
    if (!holdsFiles(event)) return;
    event.preventDefault();
    input.files = event.dataTransfer.files;
    input.focus();
  });

  form.addEventListener("submit", () => {
    const began = Date.now();
    setInterval(() => {
      const seconds = Math.round((Date.now() - began) / 1000);
      if (seconds > 1) progress.textContent = `${progress.dataset.progress} ${seconds}`;
    }, 1000);
  });
})();
