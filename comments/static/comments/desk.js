// The desk's keys: where one stands and what is pressed. Without this file every
// action is still a button. What is sent, and what comes back, is in desk-send.js.
const rows = [...document.querySelectorAll(".desk-row")];
const dialog = document.getElementById("desk-keys");
const helpButton = document.querySelector("[data-keys-help]");
const keySwitch = document.querySelector("[data-keys-switch]");
const STORE = "desk-keys";

let current = Math.max(0, rows.findIndex((row) => `#${row.id}` === location.hash));

const here = () => rows[current];
const keysOn = () => localStorage.getItem(STORE) !== "off";
const isDone = (row) => ["done", "sending", "conflict"].includes(row.dataset.state);
const isText = (element) =>
  element.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

// --- Moving -----------------------------------------------------------------

function show(index) {
  if (!rows.length) return;
  current = Math.min(Math.max(index, 0), rows.length - 1);
  rows.forEach((row, place) => row.classList.toggle("current", place === current));
  here().focus({ preventScroll: true });
  here().scrollIntoView({ block: here().offsetHeight > innerHeight ? "start" : "nearest" });
  here().dispatchEvent(new Event("desk:current", { bubbles: true }));
}

function step(by) {
  let index = current + by;
  while (rows[index] && rows[index].dataset.state === "done") index += by;
  if (rows[index]) show(index);
}

function showNextWaiting() {
  const waits = (row) => !isDone(row);
  const later = rows.findIndex((row, place) => place > current && waits(row));
  const index = later >= 0 ? later : rows.findIndex(waits);
  if (index >= 0) show(index);
}

// --- Panels: reject, snooze, escalate, note -----------------------------------

// The panel of a verb is found by where its button leads, whoever wrote the markup.
function buttonsFor(verb, row = here()) {
  const leads = `[formaction$="/${verb}/"], form[action$="/${verb}/"] [type=submit]`;
  return [...row.querySelectorAll(leads)];
}

function panelOf(verb, row = here()) {
  const named = row.querySelector(`[data-panel=${verb}]`);
  return named ?? buttonsFor(verb, row)[0]?.closest("details") ?? null;
}

function open(verb) {
  const panel = panelOf(verb);
  if (!panel) return buttonsFor(verb)[0]?.click();
  closePanels();
  panel.open = true;
  const first = panel.querySelector("input:checked") ?? panel.querySelector(FIELDS);
  first?.focus();
  panel.scrollIntoView({ block: "nearest" });
}

const FIELDS = "input:not([type=hidden], [disabled]), textarea, select, .desk-back:not(summary), button";

function closePanels(row = here()) {
  for (const panel of row.querySelectorAll(".card-hands details[open]")) panel.open = false;
}

function openPanel(element) {
  const panel = element.closest("[data-panel=reject], .card-hands details[open]");
  return panel && !element.matches("summary") ? panel : null;
}

function press(panel, digit) {
  const choices = [...panel.querySelectorAll("input[type=radio]")];
  const buttons = choices.length ? choices : [...panel.querySelectorAll("button")];
  const chosen = buttons[digit - 1];
  if (!chosen) return;
  chosen.focus();
  chosen.click();
}

function send(panel) {
  const button = panel.querySelector("[data-send-reject]") ?? panel.querySelector("button");
  button?.click();
}

// --- Keys ---------------------------------------------------------------------

const keys = {
  j: () => step(1),
  k: () => step(-1),
  a: () => here()?.querySelector("[data-approve]")?.click(),
  r: () => open("reject"),
  s: () => open("snooze"),
  e: () => open("escalate"),
  n: () => open("note"),
  c: () => (buttonsFor("claim")[0] ?? buttonsFor("release")[0])?.click(),
  u: () => document.dispatchEvent(new Event("desk:undo")),
  x: () => here()?.querySelector(".action-select")?.click(),
  "/": () => document.getElementById("searchbar")?.focus(),
  "?": () => dialog?.showModal(),
};

function inPanel(event, panel) {
  const onButton = event.target.matches("button, a, summary");
  if (/^[1-9]$/.test(event.key)) press(panel, Number(event.key));
  else if (event.key === "Enter" && !onButton) send(panel);
  else return;
  event.preventDefault();
}

function leave(event) {
  const panel = openPanel(event.target);
  if (panel?.matches("details")) panel.open = false;
  if (panel || isText(event.target)) show(Math.max(rows.indexOf(event.target.closest(".desk-row")), current));
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || dialog?.open) return;
  if (event.key === "Escape") return leave(event);
  const panel = openPanel(event.target);
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    if (panel) event.preventDefault(), send(panel);
    return;
  }
  // Enter in the list of rules must never press the form's first button.
  const enterInList = event.key === "Enter" && event.target.matches("[type=radio]");
  if ((!keysOn() && !enterInList) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (isText(event.target)) return;
  if (panel) return inPanel(event, panel);
  if (event.repeat && !"jk".includes(event.key)) return;
  if (!Object.hasOwn(keys, event.key) || (!rows.length && /\w/.test(event.key))) return;
  event.preventDefault();
  if ("aersnc".includes(event.key) && ["done", "sending"].includes(here().dataset.state)) return;
  keys[event.key]();
});

// A click or a Tab into a card makes it the current one.
document.addEventListener("focusin", (event) => {
  const index = rows.indexOf(event.target.closest?.(".desk-row"));
  if (index < 0 || index === current) return;
  current = index;
  rows.forEach((row, place) => row.classList.toggle("current", place === current));
  here().dispatchEvent(new Event("desk:current", { bubbles: true }));
});

document.addEventListener("desk:sent", (event) => {
  if (event.target === here()) showNextWaiting();
});
document.addEventListener("desk:back", (event) => show(rows.indexOf(event.target)));
document.addEventListener("desk:changed", mark);

// Choosing a rule fills in its words, unless the moderator has written their own.
document.addEventListener("change", (event) => {
  const list = event.target.closest("[data-rules]");
  if (!list) return;
  const words = list.closest(".reason").querySelector("[data-explanation]");
  const templates = [...list.querySelectorAll("input")].map((rule) => rule.dataset.template);
  if (words.value && !templates.includes(words.value)) return;
  words.value = event.target.dataset.template || "";
});

// A rule that the screening named has its words there once the panel is open.
document.addEventListener("toggle", ({ target }) => {
  if (!target.open || !target.matches("[data-panel=reject]")) return;
  const words = target.querySelector("[data-explanation]");
  const rule = target.querySelector("[data-rules] input:checked");
  if (rule && !words.value) words.value = rule.dataset.template || "";
}, true);

// --- Switched on and off ------------------------------------------------------

const SHORTCUTS = { claim: "c", snooze: "s", escalate: "e", note: "n" };

function mark() {
  document.body.classList.toggle("keys-off", !keysOn());
  for (const row of rows) {
    for (const [verb, key] of Object.entries(SHORTCUTS)) {
      const button = panelOf(verb, row)?.querySelector("summary") ?? buttonsFor(verb, row)[0];
      button?.setAttribute("aria-keyshortcuts", key);
      hint(button, key);
    }
    buttonsFor("snooze", row).forEach((button, place) => hint(button, place + 1));
  }
}

function hint(button, key) {
  if (!button || button.querySelector("kbd")) return;
  const shown = document.createElement("kbd");
  shown.textContent = key;
  button.append(" ", shown);
}

if (helpButton && dialog) {
  helpButton.hidden = false;
  helpButton.addEventListener("click", () => dialog.showModal());
  keySwitch.checked = keysOn();
  keySwitch.addEventListener("change", () => {
    localStorage.setItem(STORE, keySwitch.checked ? "on" : "off");
    mark();
  });
}
mark();
if (keysOn() && rows.length) show(current);
