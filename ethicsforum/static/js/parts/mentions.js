// @names of those who have written in the discussion, offered while one is typed.
const BEGUN = /(?:^|[\s(*])@([\p{L}\p{N}_](?:[\p{L}\p{N}_.'’-]| (?=\S)){0,38})$/u;
let list, area, asking;
let nobody = null;

const close = () => {
  list?.remove();
  list = null;
  area?.removeAttribute("aria-activedescendant");
  area?.removeAttribute("aria-controls");
};

const begun = () => BEGUN.exec(area.value.slice(0, area.selectionStart))?.[1];

const point = (place) => {
  const options = [...list.children];
  const at = (place + options.length) % options.length;
  options.forEach((option, number) => option.setAttribute("aria-selected", number === at));
  area.setAttribute("aria-activedescendant", options[at].id);
};
const pointed = () => [...list.children].findIndex((option) => option.ariaSelected === "true");

const choose = (option) => {
  const to = area.selectionStart;
  area.setSelectionRange(to - begun().length, to);
  const name = `${option.textContent} `;
  if (!document.execCommand("insertText", false, name)) area.setRangeText(name);
  close();
};

const show = (names) => {
  close();
  if (!names.length || document.activeElement !== area) return;
  list = document.createElement("ul");
  Object.assign(list, { id: "names", className: "names", role: "listbox", ariaLabel: "@" });
  names.forEach((name, place) => {
    const option = document.createElement("li");
    Object.assign(option, { id: `name-${place}`, role: "option", textContent: name });
    list.append(option);
  });
  area.after(list);
  area.setAttribute("aria-controls", "names");
  point(0);
};

const ask = async () => {
  const typed = begun();
  if (!typed || (nobody && typed.startsWith(nobody))) return close();
  const { names: address, article } = area.form.dataset;
  const query = new URLSearchParams({ q: typed, article });
  const answer = await fetch(`${address}?${query}`).catch(() => null);
  if (!answer?.ok || answer.redirected || typed !== begun()) return;
  const { names } = await answer.json();
  nobody = names.length ? null : typed;
  show(names);
};

document.addEventListener("input", ({ target }) => {
  if (!target.matches?.("[data-names] [name=body]")) return;
  area = target;
  clearTimeout(asking);
  asking = setTimeout(ask, 200);
});

document.addEventListener("keydown", (event) => {
  if (!list || event.target !== area || event.ctrlKey || event.metaKey) return;
  const { key } = event;
  const way = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (way) point(pointed() + way);
  else if (key === "Enter" || key === "Tab") choose(list.children[pointed()]);
  else if (key === "Escape") close();
  else return;
  event.preventDefault();
});

document.addEventListener("mousedown", (event) => {
  const option = list && event.target.closest("#names li");
  if (!option) return;
  event.preventDefault();
  choose(option);
});
document.addEventListener("focusout", close);
