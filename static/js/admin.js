// Names the controls that Django's admin widgets leave unnamed for screen readers.
"use strict";

function nameOf(control) {
  const field = control.closest(".fld");
  const label = field && field.querySelector("label, .lab");
  return label ? label.textContent.trim() : "";
}

function nameControls() {
  document.querySelectorAll("select.admin-autocomplete + .select2 [class*=select2-selection][role]").forEach((box) => {
    box.setAttribute("aria-label", nameOf(box));
    box.removeAttribute("aria-labelledby");
  });
  document.querySelectorAll("select.admin-autocomplete + .select2 .select2-search__field").forEach((input) => {
    input.setAttribute("aria-label", nameOf(input));
  });
  document.querySelectorAll(".datetime input").forEach((input) => {
    const part = input.previousSibling ? input.previousSibling.textContent.replace(":", "").trim() : "";
    input.setAttribute("aria-label", `${nameOf(input)} ${part}`.trim());
  });
}

// Django makes its own controls on load; they are named right after.
window.addEventListener("load", () => setTimeout(nameControls));
document.addEventListener("formset:added", () => setTimeout(nameControls));
