// Who else reads the item that is current here, and whether it still waits.
const EVERY = 10_000;
const SETTLE = 600;

let timer = 0;

const currentRow = () =>
  document.querySelector(".desk-row.current") ?? document.querySelector(".desk-one .desk-row");
const formOf = (row) => document.getElementById(`decide-${row?.dataset.item}`);
const isBusy = (row) => ["sending", "done"].includes(row.dataset.state);

async function ask(row) {
  const form = formOf(row);
  if (!form || isBusy(row) || document.visibilityState !== "visible") return;
  const address = form.getAttribute("action").replace(/decide\/$/, "presence/");
  const data = new FormData();
  data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  try {
    const headers = { "X-Requested-With": "fetch" };
    const response = await fetch(address, { method: "POST", body: data, headers });
    if (response.ok) return await response.json();
  } catch {
    // Presence is a courtesy: without an answer nothing is shown.
  }
}

async function refresh(row = currentRow()) {
  if (!row) return;
  const heard = await ask(row);
  if (!heard || isBusy(row)) return;
  showOthers(row, heard.others);
  showClaim(row, heard.claim);
  const seen = Number(formOf(row).elements.version.value);
  if (!heard.open) warn(row, "closed");
  else if (heard.version !== seen) warn(row, "changed");
}

function words(name, gaps = {}) {
  const found = document.getElementById("desk-words")?.content.querySelector(`[data-word=${name}]`);
  return Object.entries(gaps).reduce((text, [gap, value]) => text.replace(`{${gap}}`, value), found?.textContent ?? "");
}

function showOthers(row, others) {
  const who = others.join(", ");
  put(row.querySelector("[data-presence]"), who && words("reading", { who }));
}

function showClaim(row, claim) {
  const left = claim ? Math.ceil((new Date(claim.until) - Date.now()) / 60_000) : 0;
  const said = claim?.mine ? "yours" : "claimed";
  put(row.querySelector("[data-claim-badge]"), left > 0 && words(said, { who: claim.by, n: left }));
}

function put(badge, text) {
  if (!badge) return;
  if (badge.textContent !== text) badge.textContent = text || "";
  badge.hidden = !text;
}

function warn(row, name) {
  const news = row.querySelector("[data-news]");
  if (!news || news.querySelector(`[data-warned=${name}]`)) return;
  const box = document.createElement("p");
  box.className = "card-trouble";
  box.dataset.warned = name;
  box.setAttribute("role", "alert");
  const link = document.createElement("a");
  link.href = row.querySelector(".card-age").href;
  link.textContent = words("look");
  box.append(words(name), " ", link);
  news.replaceChildren(box);
}

// After an undo the item waits again, at a version that only the server knows.
async function takeVersion(row) {
  const heard = await ask(row);
  if (heard?.version) formOf(row).elements.version.value = heard.version;
  else if (document.getElementById("result_list")) location.reload();
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(refresh, SETTLE);
}

document.addEventListener("desk:changed", (event) => takeVersion(event.target).then(() => refresh(event.target)));
document.addEventListener("desk:current", soon);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && soon());
setInterval(() => refresh(), EVERY);
soon();
