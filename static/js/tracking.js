// Says which files were chosen, since the tiles hide the browser's own words. Without it the browser's field stands.
for (const form of document.querySelectorAll("form[data-evidence]")) {
  const inputs = [...form.querySelectorAll("input[type=file]")];
  const picked = form.querySelector(".picked");
  form.classList.add("js");

  const line = (input, file) => {
    const row = document.createElement("p");
    row.className = "file";
    const name = document.createElement("span");
    name.textContent = `${file.name} · ${Math.max(1, Math.round(file.size / 1000)).toLocaleString(document.documentElement.lang)} kB`;
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "btn q s x";
    drop.textContent = picked.dataset.drop;
    drop.setAttribute("aria-label", `${picked.dataset.drop} ${file.name}`);
    drop.addEventListener("click", () => {
      const rest = new DataTransfer();
      [...input.files].filter((one) => one !== file).forEach((one) => rest.items.add(one));
      input.files = rest.files;
      show();
      input.focus();
    });
    row.append(name, drop);
    return row;
  };

  const show = () =>
    picked.replaceChildren(...inputs.flatMap((input) => [...input.files].map((file) => line(input, file))));

  inputs.forEach((input) => input.addEventListener("change", show));
  show();
}
