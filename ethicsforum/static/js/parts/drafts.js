// What is written and not sent stays on this device, for this member alone.
const keyOf = (form) =>
  `draft ${form.dataset.writer} ${new URL(form.action).pathname} ${form.elements.parent?.value ?? ""}`;
const fields = (form) => [...form.querySelectorAll("textarea")];

// A browser may keep nothing, or have no room: then there is no draft.
const stored = (deed) => {
  try {
    return deed(localStorage, sessionStorage);
  } catch {
    return null;
  }
};

const save = (form) => {
  if (!form.isConnected || !form.dataset.typed) return;
  const texts = fields(form).map((area) => area.value);
  const draft = JSON.stringify({ texts, at: Date.now() });
  const isNew = fields(form).some((area) => area.value.trim() && area.value !== area.defaultValue);
  stored((device) => (isNew ? device.setItem(keyOf(form), draft) : device.removeItem(keyOf(form))));
};

const restore = (form) => {
  const draft = stored((device) => JSON.parse(device.getItem(keyOf(form))));
  const areas = fields(form);
  // What the server gave back with an error is newer than any draft.
  if (!draft || (form.id && areas.some((area) => area.defaultValue))) return;
  if (areas.every((area, place) => area.value === draft.texts[place])) return;
  areas.forEach((area, place) => {
    area.value = draft.texts[place] ?? "";
    if (area.value) area.closest("details")?.setAttribute("open", "");
  });
  const note = form.querySelector(".draft-note");
  note.querySelector("[data-when]").textContent = new Date(draft.at).toLocaleString(
    document.documentElement.lang,
    { dateStyle: "medium", timeStyle: "short" },
  );
  note.hidden = false;
};

const begin = (root) => {
  const found = [...root.querySelectorAll("form[data-writer]")];
  if (root.matches?.("form[data-writer]")) found.push(root);
  for (const form of found) {
    if (!form.dataset.draft) restore(form);
    form.dataset.draft = "1";
  }
};

const forget = (form) => {
  stored((device) => device.removeItem(keyOf(form)));
  delete form.dataset.typed;
  form.querySelector(".draft-note").hidden = true;
};

let saving;
document.addEventListener("input", ({ target }) => {
  const form = target.closest?.("form[data-writer]");
  if (!form) return;
  form.dataset.typed = "1";
  clearTimeout(saving);
  saving = setTimeout(save, 400, form);
});
document.addEventListener("focusout", ({ target }) => {
  if (target.form?.dataset.writer) save(target.form);
});
addEventListener("pagehide", () => document.querySelectorAll("form[data-writer]").forEach(save));

document.addEventListener("click", ({ target }) => {
  if (!target.closest("[data-discard]")) return;
  const { form } = target;
  for (const area of fields(form)) area.value = area.defaultValue;
  forget(form);
  form.elements.body.focus();
});

document.addEventListener("comment-sent", ({ target }) => forget(target));

// A form sent as a page has arrived where the answer is the comment itself.
document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (event.defaultPrevented || submitter?.name || !form.dataset.writer) return;
  save(form);
  stored((_, visit) => visit.setItem("sent", keyOf(form)));
});
stored((device, visit) => {
  if (/^#comment-\d/.test(location.hash)) device.removeItem(visit.getItem("sent"));
  visit.removeItem("sent");
});

begin(document);
document.addEventListener("htmx:load", (event) => begin(event.target));
