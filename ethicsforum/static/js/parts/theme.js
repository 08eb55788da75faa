// Light, dark or as the system has it: kept on this device under the name that the
// admin uses too. `js/theme.js` applies it, here and before a page is painted.
for (const choice of document.querySelectorAll("input[name=theme]")) {
  choice.checked = choice.value === document.documentElement.dataset.theme;
  choice.addEventListener("change", () => {
    try {
      localStorage.theme = choice.value;
    } catch {
      // A browser that keeps nothing keeps this neither.
    }
    window.onstorage();
  });
}
