// A reply is written below what it answers, with what was selected there as a quote;
// what was sent stands at once where it belongs.
let home;
let chosen = "";
const byId = (id) => document.getElementById(`comment-${id}`);
const current = () => document.querySelector("form#comment-form");

const selected = (link) => {
  const body = link.closest(".comment")?.querySelector(".comment-body");
  const selection = getSelection();
  const isHere = selection.rangeCount && body?.contains(selection.getRangeAt(0).commonAncestorContainer);
  return isHere ? selection.toString().trim() : "";
};

const goHome = () => {
  const form = current();
  if (!home) return form;
  const { spot, form: first } = home;
  home = null;
  form.remove();
  spot.replaceWith(first);
  return first;
};

/** Whether the form stands there now; if not, a page that says more is on its way. */
const place = async (link, comment) => {
  const address = `/comments/${comment.id.slice(8)}/reply/`;
  const answer = await fetch(address, { headers: { "HX-Request": "true" } }).catch(() => null);
  const elsewhere = answer?.ok ? answer.headers.get("HX-Redirect") : link.href;
  if (elsewhere) return location.assign(elsewhere);
  const html = await answer.text();
  const before = current();
  if (home) {
    before.remove();
  } else {
    home = { form: before, spot: document.createComment("") };
    before.replaceWith(home.spot);
  }
  const above = comment.querySelector(":scope > .comment-self") ?? link.closest(".comment-actions");
  above.insertAdjacentHTML("afterend", html);
  htmx.process(current());
  htmx.trigger(current(), "htmx:load");
  return true;
};

const answer = async (link, quote) => {
  const comment = link.closest(".comment");
  const isHere = comment.querySelector(`[name=parent][value="${comment.id.slice(8)}"]`);
  if (!(isHere && comment.contains(current())) && !(await place(link, comment))) return;
  const area = current().elements.body;
  area.focus();
  if (!quote) return;
  const end = area.value.length;
  const gap = end ? "\n\n" : "";
  area.setRangeText(`${gap}${quote.replace(/^/gm, "> ")}\n\n`, end, end, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
};

// A press on a link may end the selection, so it is read before.
document.addEventListener("pointerdown", ({ target }) => {
  const link = target.closest?.("a[href*='reply_to=']");
  if (link) chosen = selected(link);
});

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || !window.htmx || !current()) return;
  const link = event.target.closest("a[href*='reply_to=']");
  if (link?.closest(".comment")) {
    event.preventDefault();
    answer(link, chosen || selected(link));
    chosen = "";
  } else if (home && event.target.closest("[data-home]")) {
    event.preventDefault();
    goHome().elements.body.focus();
  }
});

document.addEventListener("comment-sent", ({ target, detail: { id, parent } }) => {
  const fresh = byId(id);
  const item = fresh.parentElement;
  const own = item.parentElement;
  const above = byId(parent);
  const lists = (above ?? target.closest(".discussion")).querySelectorAll(
    ":scope > .thread, :scope > .replies > .thread",
  );
  const list = [...lists].find((found) => found !== own);
  document.querySelector(".discussion > .empty")?.remove();
  const isFirst = !above && document.querySelector("[data-roots='first']");
  if (list) {
    if (isFirst) list.prepend(item);
    else list.append(item);
    own.remove();
    list.closest(".replies")?.setAttribute("open", "");
  } else if (above) above.append(own);
  htmx.process(item); // it has left what htmx would look through
  for (const area of target.querySelectorAll("textarea")) area.value = area.defaultValue = "";
  for (const said of target.querySelectorAll(".form-says, .live-preview, .char-count")) said.replaceChildren();
  goHome();
  // As after a page that was sent: the address is the comment's, which is marked.
  location.replace(`#${fresh.id}`);
  fresh.tabIndex = -1;
  fresh.focus();
});

// What went wrong is said in the form, and the text stays in it.
document.addEventListener("htmx:beforeSwap", ({ target, detail }) => {
  if (![422, 429].includes(detail.xhr.status) || !target.closest(".comment-form")) return;
  detail.shouldSwap = true;
  detail.isError = false;
});
for (const failure of ["sendError", "timeout", "responseError"]) {
  document.addEventListener(`htmx:${failure}`, ({ detail: { elt } }) => {
    if (!elt.matches(".comment-form")) return;
    const said = document.createElement("p");
    said.className = "field-error";
    said.role = "alert";
    said.textContent = elt.dataset.failed;
    elt.querySelector(".form-says").replaceChildren(said);
  });
}
document.addEventListener("htmx:afterRequest", ({ detail: { elt } }) => {
  // The button could not be pressed meanwhile, and lost the focus.
  const isLost = elt.matches(".comment-form") && document.activeElement === document.body;
  if (isLost) elt.querySelector(".primary").focus();
});
