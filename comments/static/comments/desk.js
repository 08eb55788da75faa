// The desk's keys. Without this file every action is still a button.
const rows = [...document.querySelectorAll(".desk-row")];
const dialog = document.getElementById("desk-keys");
const helpButton = document.querySelector("[data-keys-help]");
const keySwitch = document.querySelector("[data-keys-switch]");
const STORE = "desk-keys";

let current = Math.max(0, rows.findIndex((row) => `#${row.id}` === location.hash));

const keysOn = () => localStorage.getItem(STORE) !== "off";
const typing = (element) => element.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");

function show(index) {
  if (!rows.length) return;
  current = Math.min(Math.max(index, 0), rows.length - 1);
  rows.forEach((row, place) => row.classList.toggle("current", place === current));
  rows[current].focus({ preventScroll: true });
  rows[current].scrollIntoView({ block: "nearest" });
}

function approve() {
  rows[current]?.querySelector("[data-approve]")?.click();
}

function openReject() {
  const panel = rows[current]?.querySelector(".card-reject");
  if (!panel) return;
  panel.open = true;
  panel.querySelector("select").focus();
}

function select() {
  rows[current]?.querySelector(".action-select")?.click();
}

function search() {
  document.getElementById("searchbar")?.focus();
}

const keys = {
  j: () => show(current + 1),
  k: () => show(current - 1),
  a: approve,
  r: openReject,
  x: select,
  "/": search,
  "?": () => dialog?.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && typing(event.target)) return show(current);
  const sends = event.key === "Enter" && (event.ctrlKey || event.metaKey);
  if (sends && event.target.form && event.target.closest(".card-reject")) {
    event.preventDefault();
    event.target.closest(".card-reject").querySelector(".desk-reject").click();
    return;
  }
  if (!keysOn() || event.ctrlKey || event.metaKey || event.altKey) return;
  if (typing(event.target) || dialog?.open || !keys[event.key]) return;
  event.preventDefault();
  keys[event.key]();
});

// Choosing a rule fills in its words, unless the moderator has written their own.
document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-rules]")) return;
  const words = event.target.closest(".reason").querySelector("[data-explanation]");
  const templates = [...event.target.options].map((option) => option.dataset.template);
  if (words.value && !templates.includes(words.value)) return;
  words.value = event.target.selectedOptions[0].dataset.template || "";
});

// A second click while the first is on its way would only meet a 409.
document.addEventListener("submit", (event) => {
  if (!event.target.id.startsWith("decide-")) return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "1";
});

if (helpButton && dialog) {
  helpButton.hidden = false;
  helpButton.addEventListener("click", () => dialog.showModal());
  keySwitch.checked = keysOn();
  keySwitch.addEventListener("change", () => {
    localStorage.setItem(STORE, keySwitch.checked ? "on" : "off");
  });
}
if (keysOn() && rows.length) show(current);
