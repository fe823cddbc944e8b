// Light, dark, or as the system has it. early.js sets what is kept before the page is painted.
const theme = kept.read("theme") ?? document.documentElement.dataset.theme;
for (const choice of document.querySelectorAll("input[name=theme]")) {
  choice.checked = choice.value === theme;
  choice.addEventListener("change", () => {
    kept.write("theme", choice.value);
    document.documentElement.dataset.theme = choice.value;
  });
}
