// Deciding in place: one round trip, no reload, and nothing typed is ever lost.
// Without this file the same forms are sent as forms are.
const list = document.getElementById("result_list");
const status = document.querySelector("[data-status]");
const PAUSE_BEFORE_NEXT = 3000;

let lastDone = null;
let leaving = 0;
let approving = null;

// --- What is said ---------------------------------------------------------------

function word(name, gaps = {}) {
  const words = document.getElementById("desk-words")?.content.querySelector(`[data-word=${name}]`);
  const text = words?.textContent ?? name;
  return Object.entries(gaps).reduce((said, [gap, value]) => said.replace(`{${gap}}`, value), text);
}

function say(text) {
  if (status) status.textContent = text;
}

function tell(row, html, { asText = false } = {}) {
  const news = row.querySelector("[data-news]");
  news.innerHTML = "";
  const box = document.createElement("div");
  box.className = "card-trouble";
  box.setAttribute("role", "alert");
  box[asText ? "textContent" : "innerHTML"] = html;
  news.append(box);
}

const quiet = (row) => row.querySelector("[data-news]")?.replaceChildren();

// --- Sending ----------------------------------------------------------------------

const verbOf = (address) => new URL(address, location.href).pathname.split("/").at(-2);

function rowOf(form, button) {
  const near = (button ?? form).closest(".desk-row");
  return near ?? document.getElementById(`item-${form.dataset.item}`);
}

async function send(address, form, button) {
  const data = new FormData(form);
  if (button?.name) data.append(button.name, button.value);
  const headers = { "X-Requested-With": "fetch" };
  return fetch(address, { method: "POST", body: data, headers });
}

async function attempt(row, address, form, button) {
  row.dataset.state = "sending";
  row.setAttribute("aria-busy", "true");
  let response = null;
  try {
    response = await send(address, form, button);
  } catch {
    // No answer is an answer too: see `explain`.
  }
  row.removeAttribute("aria-busy");
  row.dataset.state = "";
  return response;
}

const BY_STATUS = { 403: "forbidden", 404: "gone" };

function trouble(response) {
  if (!response) return "unreachable";
  if (response.redirected && response.url.includes("/login/")) return "signedout";
  return BY_STATUS[response.status] ?? "failed";
}

function explain(row, response) {
  row.dataset.state = "failed";
  tell(row, word(trouble(response)), { asText: true });
}

// --- One decision --------------------------------------------------------------------

const lacksRule = (row, button) =>
  button?.value === "reject" && row.querySelector("[data-rules]") && !row.querySelector("[data-rules] :checked");

async function decide(row, form, button) {
  quiet(row);
  if (lacksRule(row, button)) return tell(row, word("norule"), { asText: true });
  const pending = attempt(row, form.getAttribute("action"), form, button);
  say(word("sending"));
  row.dispatchEvent(new Event("desk:sent", { bubbles: true }));
  const response = await pending;
  const state = response?.headers.get("X-Item-State");
  if (state === "done") return fold(row, await response.text());
  say(word("notdone"));
  if (state !== "conflict" && state !== "refused") return explain(row, response);
  // A refusal that was typed keeps the page from moving on without it.
  row.dataset.state = state === "conflict" && button?.value === "approve" ? "conflict" : "failed";
  tell(row, await response.text());
  if (state === "refused") openReason(row, button);
  goOnWhenAllAreDone();
}

function openReason(row, button) {
  const panel = button?.value === "reject" && row.querySelector("details[data-panel=reject]");
  if (panel) panel.open = true;
}

// The current card stays where it is on the screen, whatever folds above it.
function keepingPlace(change) {
  const row = document.querySelector(".desk-row.current");
  const before = row?.getBoundingClientRect().top;
  change();
  if (row) scrollBy({ top: row.getBoundingClientRect().top - before, behavior: "instant" });
}

function textOf(line) {
  const copy = line.cloneNode(true);
  for (const control of copy.querySelectorAll("a, button, .help")) control.remove();
  return copy.textContent.replace(/\s+/g, " ").trim();
}

function fold(row, html) {
  const line = document.createElement("div");
  line.className = "card-folded";
  line.innerHTML = html;
  row.dataset.state = "done";
  keepingPlace(() => {
    row.querySelector(".card").hidden = true;
    row.querySelector(".card").before(line);
  });
  const box = row.querySelector(".action-select");
  if (box?.checked) box.click();
  if (box) box.disabled = true;
  lastDone = row;
  countDown(line);
  say(textOf(line));
  goOnWhenAllAreDone();
}

function goOnWhenAllAreDone() {
  const rows = [...document.querySelectorAll(".desk-row")];
  if (!list || !rows.every((row) => ["done", "conflict"].includes(row.dataset.state))) return;
  say(word("next"));
  clearTimeout(leaving);
  leaving = setTimeout(() => location.assign(location.pathname + location.search), PAUSE_BEFORE_NEXT);
}

// --- Undo --------------------------------------------------------------------------------

const undoButton = (line) => line?.querySelector("[data-undo]");

function countDown(line) {
  const button = undoButton(line);
  if (!button) return;
  const left = document.createElement("span");
  left.className = "card-countdown";
  left.setAttribute("aria-hidden", "true");
  button.append(" ", left);
  const end = performance.now() + Number(button.dataset.undo) * 1000;
  const tick = () => {
    const rest = Math.ceil((end - performance.now()) / 1000);
    left.textContent = rest;
    if (rest > 0 && line.isConnected) return setTimeout(tick, 250);
    button.parentElement.remove();
  };
  tick();
}

async function undo(row, address, form, button) {
  if (row.dataset.state === "sending") return;
  clearTimeout(leaving);
  const response = await attempt(row, address, form, button);
  const line = row.querySelector(".card-folded");
  if (!response?.ok) {
    row.dataset.state = "done";
    return note(line, (await refusalIn(response)) || word("notundone"));
  }
  line?.remove();
  row.querySelector(".card").hidden = false;
  const box = row.querySelector(".action-select");
  if (box) box.disabled = false;
  lastDone = null;
  say(word("undone"));
  row.dispatchEvent(new Event("desk:back", { bubbles: true }));
  row.dispatchEvent(new Event("desk:changed", { bubbles: true }));
}

document.addEventListener("desk:undo", () => {
  const button = undoButton(lastDone?.querySelector(".card-folded"));
  button ? button.click() : say(word("nothingtoundo"));
});

// --- Snooze, claim, escalate, note -----------------------------------------------------------

// These answer with the page they came from: it has the word on what was done, and the
// card as it is now.
const FRESH = [".card-badges", ".card-why", ".card-side", "[data-claim]"];

async function doBeside(row, verb, address, form, button) {
  const response = await attempt(row, address, form, button);
  const isPage = response && !response.url.includes("/login/") && [200, 409, 422].includes(response.status);
  if (!isPage) return explain(row, response);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const said = messageIn(page);
  if (!response.ok) return tell(row, said || word("failed"), { asText: true });
  say(said || word("kept"));
  if (verb === "snooze" && list) return foldAway(row, said || word("kept"));
  clear(button);
  refresh(row, page);
  row.dispatchEvent(new Event("desk:changed", { bubbles: true }));
  row.dispatchEvent(new Event("desk:back", { bubbles: true }));
}

function clear(button) {
  const panel = button?.closest("details");
  for (const field of panel?.querySelectorAll("textarea") ?? []) field.value = "";
  if (panel) panel.open = false;
}

function refresh(row, page) {
  for (const part of FRESH) {
    const fresh = page.querySelector(`#${row.id} ${part}`);
    if (fresh) row.querySelector(part)?.replaceWith(fresh);
  }
}

const plain = (element) => element?.textContent.replace(/\s+/g, " ").trim() ?? "";
const messageIn = (page) => plain(page.querySelector(".messagelist, .errornote, .errorlist, [role=alert]"));

async function refusalIn(response) {
  if (response?.headers.get("X-Item-State") !== "conflict") return "";
  return messageIn(new DOMParser().parseFromString(await response.text(), "text/html"));
}

function note(place, text) {
  const line = document.createElement("p");
  line.textContent = text;
  place.append(line);
  say(text);
}

function foldAway(row, text) {
  const line = document.createElement("p");
  line.textContent = text;
  fold(row, line.outerHTML);
  row.dispatchEvent(new Event("desk:sent", { bubbles: true }));
}

// --- The forms ---------------------------------------------------------------------------------

const BESIDE = new Set(["snooze", "wake", "claim", "release", "escalate", "note"]);

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  const form = event.target;
  const address = button?.getAttribute("formaction") || form.getAttribute("action") || "";
  const row = address && rowOf(form, button);
  const verb = address && verbOf(address);
  if (!row || !(verb === "decide" || verb === "undo" || BESIDE.has(verb))) return;
  const isOver = row.dataset.state === "done" && verb !== "undo";
  if (row.dataset.state === "sending" || isOver) return event.preventDefault();
  approving = verb === "decide" && button?.value === "approve" ? form : null;
  if (verb === "decide" && !list) return void (row.dataset.state = "sending");
  if (verb === "undo" && !row.querySelector(".card-folded")) return;
  event.preventDefault();
  if (verb === "decide") decide(row, form, button);
  else if (verb === "undo") undo(row, address, form, button);
  else doBeside(row, verb, address, form, button);
});

// Words meant for a refusal must not stand beside an approval in the public log.
document.addEventListener("formdata", ({ target, formData }) => {
  const row = rowOf(target);
  if (approving !== target || !row || row.querySelector(".card-ruling")) return;
  formData.delete("explanation");
  formData.delete("rule");
});

// Back in the browser: the page is as it was left, and what was on its way is over.
addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  for (const row of document.querySelectorAll("[data-state=sending]")) row.dataset.state = "";
});
