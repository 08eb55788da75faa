// A comment that is decided while the page is open: replaced in its place. About one's
// own that waits htmx asks; of others the page is told (see live.js).
const gone = new WeakSet();
const waits = (element) => element.matches?.(".comment-note[data-hx-get]");

document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt } = event.detail;
  if (waits(elt) && (document.hidden || gone.has(elt))) event.preventDefault();
});

document.addEventListener("htmx:responseError", (event) => {
  if (waits(event.detail.elt)) gone.add(event.detail.elt);
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const { requestConfig, target, serverResponse, xhr } = event.detail;
  if (!waits(requestConfig.elt) || xhr.status !== 200) return;
  event.detail.shouldSwap = false; // its replies stay, so only its own part is replaced
  renew(target, serverResponse);
  const said = target.querySelector(":scope > .comment-self .comment-note");
  if (said) document.querySelector("[data-spoken]").textContent = said.textContent.trim();
});

function renew(comment, html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const fresh = page.querySelector(`#${comment.id}`);
  const own = fresh?.querySelector(":scope > .comment-self");
  if (!own) return;
  const held = comment.contains(document.activeElement);
  for (const { name } of [...comment.attributes]) {
    if (!fresh.hasAttribute(name)) comment.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) comment.setAttribute(name, value);
  comment.querySelector(":scope > .comment-self").replaceWith(own);
  window.htmx?.process(own);
  if (!held) return;
  comment.tabIndex = -1;
  comment.focus({ preventScroll: true });
}

document.addEventListener("comment-changed", async ({ target }) => {
  const address = `/comments/${target.id.slice(8)}/part/`;
  const answer = await fetch(address, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (answer?.ok) renew(target, await answer.text());
});
