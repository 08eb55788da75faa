// What is new since the visit before: marked by the server for members, here for
// readers, whose visits are remembered on their own device and nowhere else.
const KEY = "visits";
const AWAY = 30 * 60_000;
const KEPT = 200;
const news = document.querySelector(".news");
const words = document.querySelector("#live-words");

const piece = (selector) => words.content.querySelector(selector).cloneNode(true);

/** When the visit before this one ended, in milliseconds; undefined on the first. */
function visit(path) {
  try {
    const visits = JSON.parse(localStorage.getItem(KEY)) ?? {};
    const [seen, earlier] = visits[path] ?? [];
    const before = Date.now() - seen > AWAY ? seen : earlier;
    delete visits[path]; // so that it becomes the last of them
    visits[path] = [Date.now(), before];
    const latest = Object.entries(visits).slice(-KEPT);
    localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(latest)));
    return before ?? undefined;
  } catch {
    return undefined; // a device that keeps nothing has nothing new
  }
}

/** Each new comment leads to the next one on the page. */
function link() {
  const fresh = [...document.querySelectorAll(".comment[data-new]")];
  fresh.forEach((comment, place) => {
    const head = comment.querySelector(":scope > .comment-self > .comment-head");
    if (!head.querySelector(".new-mark")) head.append(piece(".new-mark"));
    const next = fresh[place + 1];
    if (!next) return;
    const there = head.querySelector(".new-next");
    (there ?? head.appendChild(piece(".new-next"))).href = `#${next.id}`;
  });
  return fresh;
}

function markSince(before) {
  for (const comment of document.querySelectorAll(".comment[data-published]")) {
    if (comment.dataset.published * 1000 > before) comment.dataset.new = "";
  }
}

function sayHowMany(fresh, before) {
  const line = piece(".news-line");
  const time = document.createElement("time");
  const language = document.documentElement.lang || undefined;
  const moment = new Date(before);
  time.dateTime = moment.toISOString();
  time.textContent = moment.toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });
  line.querySelector("span").append(words.dataset.since.replace("#", fresh.length), " ", time);
  line.querySelector("a").href = `#${fresh[0].id}`;
  news.prepend(line);
}

if (words) {
  const reads = news.hasAttribute("data-device");
  const before = reads ? visit(location.pathname) : undefined;
  if (before) {
    markSince(before);
    const fresh = link();
    if (fresh.length) sayHowMany(fresh, before);
  }
  document.addEventListener("htmx:load", () => {
    if (before) markSince(before);
    link();
  });
}
