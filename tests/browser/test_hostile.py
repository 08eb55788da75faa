"""Hostile texts before a real browser, with the policy of content and without it.

The pages come from memory. Everything in them is hovered, focused and clicked by a
script: nothing may run, ask or leave the site.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from ethicsforum.markup import ARTICLE, COMMENT, render, sanitise
from tests.hostile.everywhere import Seen, look
from tests.hostile.payloads import OWN, corpus, needs_corpus, storable
from tests.hostile.planting import plant

pytest.importorskip("playwright", reason="it is in requirements/dev.txt")
from playwright.sync_api import Browser, Page, Route  # after the check for it

pytestmark = pytest.mark.django_db
HOST = "http://forum.test"
MOST_RENDERED = 10_000
ON_A_PAGE = 100
PERSON = re.compile(r"^\d+-\w+-?")
PAGE = "<!doctype html><title>Texts</title><main>{}</main>"

WATCH = """
window.said = [];
const note = (what) => { window.said.push(what); };
for (const name of ["zqx", "alert", "confirm", "prompt", "print", "open"])
  window[name] = () => note(`ran: ${name}`);
document.addEventListener("securitypolicyviolation",
  (e) => note(`refused: ${e.violatedDirective} ${e.sample} ${e.blockedURI}`));
document.addEventListener("click", (e) => e.preventDefault(), true);
document.addEventListener("submit", (e) => e.preventDefault(), true);
"""
POKE = """() => {
  const said = window.said;
  for (const element of document.querySelectorAll("*")) {
    for (const { name } of element.attributes)
      if (/^on|zqx/.test(name)) said.push(`attribute: ${name}`);
    if (/zqx/i.test(element.tagName)) said.push(`element: ${element.tagName}`);
    // ":" is an address that leads nowhere, as it is none.
    const leads = element.protocol || ":";
    if (![":", "http:", "https:", "mailto:"].includes(leads))
      said.push(`link: ${leads}`);
    for (const kind of ["pointerover", "mouseover", "focus", "click", "toggle"])
      element.dispatchEvent(new Event(kind, { cancelable: true }));
  }
  return said;
}"""


@dataclass
class Watched:
    """What a browser did that it should not have done."""

    page: Page
    texts: dict[str, str]
    headers: dict[str, str]
    done: list[str] = field(default_factory=list)

    def answer(self, route: Route) -> None:
        url = route.request.url
        name = url.removeprefix(f"{HOST}/")
        if name in self.texts:
            kind = "text/html; charset=utf-8"
            route.fulfill(
                body=self.texts[name], content_type=kind, headers=self.headers
            )
            return
        if not url.startswith(HOST):
            self.done.append(f"asked for {url}")
        route.abort()

    def visit(self, name: str) -> None:
        self.page.goto(f"{HOST}/{name}")
        said = self.page.evaluate(POKE)
        self.done += [f"{name}: {line}" for line in said]
        if self.page.url != f"{HOST}/{name}":
            self.done.append(f"{name}: led to {self.page.url}")


@contextmanager
def watching(
    chromium: Browser, texts: dict[str, str], policy: str = ""
) -> Iterator[Watched]:
    headers = {"Content-Security-Policy": policy} if policy else {}
    context = chromium.new_context()
    context.add_init_script(WATCH)
    page = context.new_page()
    watched = Watched(page, texts, headers)
    page.route("**", watched.answer)
    page.on("pageerror", lambda error: watched.done.append(f"error: {error}"))
    page.on("dialog", lambda dialog: watched.done.append("a dialog"))
    page.on("popup", lambda _: watched.done.append("a window"))
    yield watched
    context.close()


def done_by(chromium: Browser, texts: dict[str, str], policy: str = "") -> list[str]:
    with watching(chromium, texts, policy) as watched:
        for name in texts:
            watched.visit(name)
    return watched.done


def numbered(pages: Iterable[str]) -> dict[str, str]:
    return {f"page-{number}": html for number, html in enumerate(pages)}


def once_each(pages: dict[str, str]) -> Iterable[str]:
    """Each address as one person has it: what is planted is the same for all."""
    return {PERSON.sub("", name): html for name, html in pages.items()}.values()


@pytest.fixture(scope="module")
def policy(django_db_setup: None, django_db_blocker: Any) -> str:
    with django_db_blocker.unblock():
        return Client().get("/robots.txt").headers["Content-Security-Policy"]


@pytest.fixture(scope="module")
def planted(
    django_db_setup: None, django_db_blocker: Any
) -> Callable[[list[str]], Seen]:
    def seen(texts: list[str]) -> Seen:
        with django_db_blocker.unblock(), transaction.atomic():
            shown = look(plant(texts), staff=("Root",), most=1)
            transaction.set_rollback(True)
        return shown

    return seen


def test_our_own_texts_on_every_page(
    chromium: Browser, planted: Callable[[list[str]], Seen], policy: str
) -> None:
    seen = planted(OWN)
    pages = numbered(seen.html.values())
    assert done_by(chromium, pages) == []
    assert done_by(chromium, pages, policy) == []
    assert done_by(chromium, numbered(seen.mails.values())) == []


@needs_corpus
def test_the_corpus_on_every_page(
    chromium: Browser, planted: Callable[[list[str]], Seen]
) -> None:
    seen = planted([storable(one) for one in corpus()])
    assert done_by(chromium, numbered(once_each(seen.html))) == []
    assert done_by(chromium, numbered(seen.mails.values())) == []


@needs_corpus
def test_the_corpus_as_bodies(chromium: Browser, policy: str) -> None:
    """Each payload as a comment, as an article, and past the renderer."""
    texts = [payload[:MOST_RENDERED] for payload in corpus()]
    made = [render(text, kind) for text in texts for kind in (COMMENT, ARTICLE)]
    made += [sanitise(text[:2_000], COMMENT) for text in texts]
    parts = (made[at : at + ON_A_PAGE] for at in range(0, len(made), ON_A_PAGE))
    pages = numbered(PAGE.format("<hr>".join(part)) for part in parts)
    assert done_by(chromium, pages) == []
    assert done_by(chromium, pages, policy) == []


@pytest.mark.parametrize(
    "html",
    [
        "<script>zqx()</script>",
        "<img src=x onerror=zqx()>",
        "<img src=//zqx.example/p.gif>",
        "<p onmouseover=zqx()>x",
        "<a href=javascript:zqx()>x</a>",
        "<a href=javascript:123>x</a>",
        "<p zqx>x",
        "<script>throw 1</script>",
    ],
)
def test_the_watch_sees_what_happens(chromium: Browser, html: str, policy: str) -> None:
    pages = {"page": PAGE.format(html)}
    assert done_by(chromium, pages)
    assert done_by(chromium, pages, policy)
