// The reading settings show at once what a choice does. Saving is the form's own work.
const root = document.documentElement;
for (const form of document.querySelectorAll("form[data-reading]")) {
  form.addEventListener("change", ({ target }) => {
    if (!["size", "theme", "contrast", "aloud"].includes(target.name)) return;
    if (target.value) root.dataset[target.name] = target.value;
    else delete root.dataset[target.name];
  });
}
