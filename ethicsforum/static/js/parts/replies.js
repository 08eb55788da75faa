// "12 more replies" open in place; where that fails, the link leads to them as it does
// without script. The one that was pressed is gone then: the first new reply gets focus.
const opens = (event) => {
  const link = event.detail.requestConfig?.elt;
  return link?.dataset?.opens ? link : null;
};

document.addEventListener("htmx:beforeSwap", (event) => {
  const link = opens(event);
  if (!link) return;
  const { isError, serverResponse } = event.detail;
  if (!isError && serverResponse.includes(`id="${link.dataset.opens}"`)) return;
  event.detail.shouldSwap = false;
  location.assign(link.href);
});

for (const failure of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failure, (event) => {
    const link = opens(event);
    if (link) location.assign(link.href);
  });
}

document.addEventListener("htmx:afterSettle", (event) => {
  const link = opens(event);
  const reply = link && document.getElementById(link.dataset.opens);
  if (!reply) return;
  reply.tabIndex = -1;
  reply.focus({ preventScroll: true });
});
