"""Pages by keyboard alone: an article and its discussion, and those around them."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.test_all_pages import HOST, from_memory
from tests.pages import Rendered

pytest.importorskip("playwright", reason="playwright is in requirements/dev.txt")
from playwright.sync_api import Browser, Page, expect  # after the check for it

pytestmark = pytest.mark.django_db
ARTICLE = "-Ann-articles-triage"
OTHERS = {
    "-stranger-comments-mine-history": 10,
    "-Ben-comments-mine-edit": 20,
    "-Ann-search-q-thought-kind-comments": 15,
    "-Ben-notices": 15,
    "-Ben-notices-mail": 15,
}
"""Ends of their names, and how many stops there are at least."""

LIST_STOPS = """() => {
  // Colours on their way would make every element look changed.
  const still = document.createElement("style");
  still.textContent = "* { transition: none !important }";
  document.documentElement.append(still);
  const kinds = "a[href], button, input:not([type=hidden]), select, textarea, " +
    "summary, [tabindex='0']";
  // Of a group of radio buttons, Tab stops at the chosen one.
  const isStop = (element) => element.checkVisibility({ visibilityProperty: true })
    && !element.disabled && element.tabIndex >= 0
    && !(element.type === "radio" && !element.checked);
  const look = (element) => {
    const { outline, boxShadow, borderColor } = getComputedStyle(element);
    return [outline, boxShadow, borderColor].join();
  };
  window.stops = [...document.querySelectorAll(kinds)].filter(isStop);
  window.rest = new Map(window.stops.map(element => [element, look(element)]));
  window.lookOf = look;
  return window.stops.length;
}"""
WHERE = """() => {
  const here = document.activeElement;
  const { top, bottom, width } = here.getBoundingClientRect();
  return {
    stop: window.stops.indexOf(here),
    html: here.outerHTML.slice(0, 160),
    differs: window.lookOf(here) !== window.rest.get(here),
    inSight: width > 0 && bottom > 0 && top < innerHeight,
  };
}"""


@pytest.fixture
def page(rendered: Rendered, chromium: Browser) -> Iterator[Page]:
    opened = chromium.new_page(viewport={"width": 1280, "height": 800})
    opened.route("**", from_memory(rendered.html))
    go_to(opened, rendered, ARTICLE)
    yield opened
    opened.close()


def go_to(page: Page, rendered: Rendered, end: str) -> None:
    page.goto(f"{HOST}/{next(name for name in rendered.html if name.endswith(end))}")


def test_tab_reaches_everything_in_order_with_the_focus_in_sight(page: Page) -> None:
    walk(page, at_least=50)


@pytest.mark.parametrize("end", OTHERS)
def test_and_on_the_pages_around_it(page: Page, rendered: Rendered, end: str) -> None:
    go_to(page, rendered, end)
    walk(page, at_least=OTHERS[end])


def walk(page: Page, at_least: int) -> None:
    count = page.evaluate(LIST_STOPS)
    assert count >= at_least, "the page is not the one that was meant"
    walked: list[dict[str, Any]] = []
    for _press in range(count):
        page.keyboard.press("Tab")
        walked.append(page.evaluate(WHERE))
    assert [at["stop"] for at in walked] == list(range(count)), _first_break(walked)
    assert not [at["html"] for at in walked if not at["differs"]]
    assert not [at["html"] for at in walked if not at["inSight"]]


def _first_break(walked: list[dict[str, Any]]) -> str:
    breaks = (at for number, at in enumerate(walked) if at["stop"] != number)
    return str(next(breaks, "none"))


def test_the_first_stop_leads_past_the_header(page: Page) -> None:
    page.keyboard.press("Tab")
    link = page.locator(".skip-link")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_branches_fold_and_unfold(page: Page) -> None:
    branch = page.locator("details.replies").first
    branch.locator("> summary").focus()
    page.keyboard.press("Enter")
    expect(branch).not_to_have_attribute("open", "")
    page.keyboard.press("Space")
    expect(branch).to_have_attribute("open", "")


def test_escape_shuts_the_menu_and_leads_back(page: Page) -> None:
    menu = page.locator(".account-menu")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(menu.locator("a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()
