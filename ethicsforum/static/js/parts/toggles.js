// Votes, follow and mute: small forms, each answered in its place.
const place = (elt) => elt.closest?.(".votes, .attention");
const isSaid = (xhr) => [409, 422, 429].includes(xhr.status);

// A second click of a double click would take back what the first one did.
document.addEventListener(
  "click",
  (event) => {
    if (event.detail > 1 && event.target.closest?.("button[aria-pressed]")) event.preventDefault();
  },
  true,
);

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (place(detail.elt) && isSaid(detail.xhr)) detail.shouldSwap = true;
});

// Any other refusal is a page of its own: sent again as a page, it shows itself.
document.addEventListener("htmx:responseError", ({ detail: { elt, xhr, requestConfig } }) => {
  if (!place(elt) || isSaid(xhr)) return;
  const { name, value } = requestConfig.triggeringEvent.submitter;
  elt.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  elt.submit();
});

for (const failure of ["sendError", "timeout"]) {
  document.addEventListener(`htmx:${failure}`, ({ detail: { elt } }) => {
    const words = document.querySelector(".attention")?.dataset.failed;
    if (!place(elt) || !words) return;
    place(elt).querySelector("[role=alert]")?.remove();
    const said = Object.assign(document.createElement("p"), { className: "field-error", role: "alert" });
    said.textContent = words;
    place(elt).append(said);
  });
}
