// New comments while the page is open: offered, and put in their places when asked for.
// What was taken down or put up again meanwhile is shown as it stands.
const EVERY = 30_000;
const SLOWEST = 16 * EVERY;
const PATIENCE = 10_000;
const KEY = "live";
const news = document.querySelector("[data-live]");

if (news) {
  const words = document.querySelector("#live-words");
  const discussion = news.closest(".discussion");
  const elsewhere = new Set();
  let since = news.dataset.since;
  let wait = EVERY;
  let asked = Date.now();
  let timer;

  const piece = (selector) => words.content.querySelector(selector).cloneNode(true);
  const say = (name, n) => {
    const [one, many] = words.dataset[name].split("|");
    return (n === 1 ? one : many).replace("#", n);
  };
  const spoken = document.querySelector("[data-spoken]");
  const offer = piece(".live-offer");
  const button = piece("button");
  const choice = piece(".live-switch");
  const wanted = choice.querySelector("input");

  function plan() {
    clearTimeout(timer);
    if (document.hidden || !wanted.checked) return;
    timer = setTimeout(look, Math.max(0, asked + wait - Date.now()));
  }

  async function ask(more = "") {
    const address = `${news.dataset.live}?since=${since}${more}`;
    const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE) });
    if (!answer.ok) throw new Error(answer.status);
    return answer;
  }

  async function look() {
    asked = Date.now();
    try {
      const { ids, states } = await (await ask()).json();
      const here = (id) => document.getElementById(`comment-${id}`);
      propose(ids.filter((id) => !here(id) && !elsewhere.has(id)).length);
      for (const [id, state] of Object.entries(states)) change(here(id), state);
      wait = EVERY;
    } catch {
      wait = Math.min(2 * wait, SLOWEST);
    }
    plan();
  }

  function change(comment, state) {
    if (!comment || comment.dataset.state === state) return;
    comment.dispatchEvent(new Event("comment-changed", { bubbles: true }));
  }

  function propose(count) {
    const text = say("offer", count);
    if (!count) button.remove();
    else if (!wanted.checked || (button.isConnected && button.textContent === text)) return;
    else {
      button.textContent = text;
      if (!button.isConnected) offer.replaceChildren(button);
    }
  }

  function listBelow(parent) {
    if (!parent) {
      if (news.dataset.roots === "elsewhere") return null;
      const list = discussion.querySelector(":scope > .thread");
      const empty = discussion.querySelector(":scope > .empty");
      const first = list ?? piece(".thread");
      empty?.replaceWith(first);
      return first;
    }
    const above = document.getElementById(`comment-${parent}`);
    if (!above) return null;
    const list = above.querySelector(":scope > .replies > .thread, :scope > .thread");
    return list ?? above.appendChild(piece(".replies")).querySelector(".thread");
  }

  /** Its comment in its place; null when that place is on another page. */
  function put(item) {
    const { parent } = item.dataset;
    const list = listBelow(parent);
    if (!list?.isConnected) return null;
    if (!parent && news.dataset.roots === "first") list.prepend(item);
    else list.append(item);
    for (let at = list; at; at = at.parentElement?.closest("details")) {
      if (at.localName === "details") at.open = true;
      recount(at);
    }
    return item.firstElementChild;
  }

  function recount(details) {
    if (!details.matches(".replies") || details.querySelector(".thread-more")) return;
    const count = details.querySelectorAll(".comment").length;
    details.querySelector("summary").textContent = say("replies", count);
  }

  function report(shown) {
    const title = document.getElementById("discussion-title");
    const count = parseInt(title.textContent, 10) + shown;
    if (count) title.textContent = say("comments", count);
    spoken.textContent = say("shown", shown);
    offer.replaceChildren();
    if (!elsewhere.size) return;
    const link = piece("a.button");
    link.href = `/comments/${[...elsewhere][0]}/`;
    link.textContent = say("elsewhere", elsewhere.size);
    offer.append(link);
  }

  async function show() {
    offer.setAttribute("aria-busy", "true");
    try {
      const text = await (await ask("&show=1")).text();
      const answer = new DOMParser().parseFromString(text, "text/html").body.firstElementChild;
      const shown = [];
      for (const item of [...answer.children]) {
        const { id } = item.firstElementChild;
        if (document.getElementById(id)) continue;
        const comment = put(document.adoptNode(item));
        if (comment) shown.push(comment);
        else elsewhere.add(Number(id.replace("comment-", "")));
      }
      since = answer.dataset.until;
      report(shown.length);
      for (const comment of shown) {
        window.htmx?.process(comment);
        window.htmx?.trigger(comment, "htmx:load", { elt: comment });
      }
      lead(shown);
    } catch {
      if (!offer.querySelector(".failed")) offer.prepend(piece(".failed"));
    }
    offer.removeAttribute("aria-busy");
  }

  function lead(shown) {
    const marks = shown.map(({ id }) => `#${id}`).join() || ".live-offer a";
    const first = discussion.querySelector(marks);
    if (!first) return;
    if (shown.length) first.tabIndex = -1;
    first.scrollIntoView({ block: "center" });
    first.focus({ preventScroll: true });
  }

  try {
    wanted.checked = localStorage.getItem(KEY) !== "off";
  } catch {
    wanted.checked = true;
  }
  wanted.addEventListener("change", () => {
    try {
      localStorage.setItem(KEY, wanted.checked ? "on" : "off");
    } catch {
      // Then it holds for this page.
    }
    if (!wanted.checked) button.remove();
    plan();
  });
  button.addEventListener("click", show);
  document.addEventListener("visibilitychange", plan);
  news.append(choice);
  // Above the form: there it would lie on what somebody writes and sends.
  discussion.insertBefore(offer, discussion.querySelector(":scope > #comment-form"));
  plan();
}
