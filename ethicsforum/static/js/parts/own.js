// One's own comment while it waits: asked about by htmx, replaced when it was decided.
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
  const page = new DOMParser().parseFromString(serverResponse, "text/html");
  const fresh = page.querySelector(`#${target.id}`);
  const own = fresh?.querySelector(":scope > .comment-self");
  if (!own) return;
  const held = target.contains(document.activeElement);
  for (const { name, value } of fresh.attributes) target.setAttribute(name, value);
  target.querySelector(":scope > .comment-self").replaceWith(own);
  window.htmx.process(own);
  const said = own.querySelector(".comment-note");
  if (said) document.querySelector("[data-spoken]").textContent = said.textContent.trim();
  if (held) {
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
  }
});
