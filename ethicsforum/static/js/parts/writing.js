// The form for a comment: marks, keys, a count near the limit.
const put = (area, text, from = area.selectionStart, to = area.selectionEnd) => {
  area.focus();
  area.setSelectionRange(from, to);
  // Deprecated, and the only way to write into a field that can be undone.
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, from, to, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
};

const mark = (area, { around, line }) => {
  const { value, selectionStart: from, selectionEnd: to } = area;
  const chosen = value.slice(from, to);
  if (line) {
    const start = value.lastIndexOf("\n", from - 1) + 1;
    put(area, value.slice(start, to).replace(/^/gm, line), start, to);
  } else if (around) {
    const fence = around === "`" && chosen.includes("\n");
    const [before, after] = fence ? ["```\n", "\n```"] : [around, around];
    put(area, before + chosen + after);
    area.setSelectionRange(from + before.length, to + before.length);
  } else {
    put(area, `[${chosen}](https://)`);
    const at = chosen ? to + 11 : from + 1;
    area.setSelectionRange(at, at);
  }
};

const count = (form) => {
  const said = form.querySelector(".char-count");
  const { most, left, over } = said.dataset;
  let rest = +most;
  for (const area of form.querySelectorAll("textarea")) rest -= area.value.length;
  if (rest < 0) said.textContent = `${over} ${-rest}`;
  else said.textContent = rest <= most / 5 ? `${left} ${rest}` : "";
};

const bars = (root) => {
  for (const bar of root.querySelectorAll(".toolbar[hidden]")) {
    bar.hidden = false;
    // What is pasted and too long is counted, and not cut off without a word.
    bar.closest("form").elements.body.removeAttribute("maxlength");
  }
};

let counting;
document.addEventListener("input", ({ target }) => {
  const form = target.closest?.(".comment-form");
  clearTimeout(counting);
  if (form) counting = setTimeout(count, 500, form);
});

document.addEventListener("click", ({ target }) => {
  const button = target.closest(".toolbar button");
  if (button) mark(button.form.elements.body, button.dataset);
});

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  const form = target.closest?.(".comment-form");
  if (form && key === "Enter" && (event.ctrlKey || event.metaKey)) {
    form.querySelector(".primary").click();
  }
  const way = { ArrowRight: 1, ArrowLeft: -1 }[key];
  const buttons = target.closest?.(".toolbar")?.children;
  if (!way || !buttons) return;
  const next = [...buttons].indexOf(target) + way + buttons.length;
  target.tabIndex = -1;
  buttons[next % buttons.length].tabIndex = 0;
  buttons[next % buttons.length].focus();
});

bars(document);
document.addEventListener("htmx:load", (event) => bars(event.target));
