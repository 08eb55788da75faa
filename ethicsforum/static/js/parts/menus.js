// Escape shuts the menu that stands open over the page and leads back to its button.
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector(".account-menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
