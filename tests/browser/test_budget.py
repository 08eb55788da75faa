"""What a first visit costs: bytes, requests and how much moves. No time is measured."""

import gzip
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import OpenPage, Site
from tests.browser.test_fifty import on_the_site

pytest.importorskip("playwright", reason="playwright is in requirements/dev.txt")
from playwright.sync_api import Page  # after the check for it

HOW_MANY = 100
FIRST_VIEW = 100_000
REQUESTS = 8
STYLES = 14_000
SCRIPTS = 30_000
SHIFT = 0.02

WRITE = f"""
import django
django.setup()
from django.db import transaction
from articles.models import Article
from comments.actions.deciding import Decider, decide
from comments.actions.posting import post_comment
from comments.models import Revision
from comments.states import State
from ethicsforum.accounts.models import User
like = Article.objects.get(slug="the-order-of-the-list")
# Its own article and people: other tests go on with those of the demo.
under = Article.objects.create(
    slug="a-hundred-comments", title="A hundred comments", standfirst=like.standfirst,
    body=like.body, question=like.question, status=Article.Status.PUBLISHED,
)
people = [
    User.objects.create_user(f"writer-{{n}}@example.net", f"Writer {{n}}")
    for n in range(7)
]
words = under.body.split()
parent = None
for number in range({HOW_MANY}):
    start = number * 37 % len(words)
    text = " ".join((words * 2)[start : start + 60])
    author = people[number % len(people)]
    with transaction.atomic():
        above = parent if number % 5 else None
        made = post_comment(under, author=author, body=text, parent=above)
        text = Revision.objects.get(comment=made)
        decide(text, to=State.PUBLISHED, by=Decider.machine())
    parent = made
print(under.get_absolute_url())
"""
WATCH = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const shift of list.getEntries())
    if (!shift.hadRecentInput) window.shifted += shift.value;
}).observe({ type: "layout-shift", buffered: true });
"""


class Traffic:
    """What goes over the wire for one page, as Chromium's own tools count it."""

    def __init__(self, page: Page) -> None:
        self.sent: dict[str, dict[str, Any]] = {}
        tools = page.context.new_cdp_session(page)
        tools.send("Network.enable")
        tools.on("Network.requestWillBeSent", self._note)
        tools.on("Network.responseReceived", self._answered)
        tools.on("Network.loadingFinished", self._measure)

    def _note(self, event: dict[str, Any]) -> None:
        url = event["request"]["url"]
        if not url.startswith("data:"):
            self.sent[event["requestId"]] = {"url": url, "size": 0, "kind": ""}

    def _answered(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self.sent:
            self.sent[event["requestId"]]["kind"] = event["type"]

    def _measure(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self.sent:
            self.sent[event["requestId"]]["size"] = event["encodedDataLength"]

    def size(self) -> int:
        """In all, but for fonts."""
        return sum(int(r["size"]) for r in self.sent.values() if r["kind"] != "Font")

    def hosts(self) -> set[str]:
        return {urlsplit(r["url"]).netloc for r in self.sent.values()}

    def __str__(self) -> str:
        rows = sorted(self.sent.values(), key=lambda r: -int(r["size"]))
        return "\n".join(f"{r['size']:>8} {r['kind']} {r['url']}" for r in rows)


@pytest.fixture(scope="module")
def article(site: Site) -> str:
    """The address of one with a hundred comments."""
    return on_the_site(site, WRITE)


@pytest.mark.parametrize("width", [390, 1280])
def test_the_first_view_is_light_and_holds_still(
    site: Site, open_page: OpenPage, article: str, width: int
) -> None:
    page = open_page(viewport={"width": width, "height": 800})
    page.add_init_script(WATCH)
    traffic = Traffic(page)
    page.goto(article, wait_until="networkidle")
    assert traffic.size() < FIRST_VIEW, traffic
    assert len(traffic.sent) <= REQUESTS, traffic
    assert traffic.hosts() == {urlsplit(site.url).netloc}, traffic
    assert len(traffic.sent) > 3, "nothing was counted"
    page.mouse.wheel(0, 4000)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.shifted") < SHIFT


@pytest.mark.parametrize("address", ["/", "/rules/", "/accounts/login/"])
def test_other_pages_are_as_light(
    site: Site, open_page: OpenPage, address: str
) -> None:
    page = open_page()
    traffic = Traffic(page)
    page.goto(address, wait_until="networkidle")
    assert traffic.size() < FIRST_VIEW, traffic
    assert len(traffic.sent) <= REQUESTS, traffic
    assert traffic.hosts() == {urlsplit(site.url).netloc}, traffic


def test_styles_and_scripts_stay_small(open_page: OpenPage, article: str) -> None:
    page = open_page()
    page.goto(article)
    styles = page.eval_on_selector_all(
        "link[rel=stylesheet]", "all => all.map(l => l.href)"
    )
    scripts = page.eval_on_selector_all("script[src]", "all => all.map(s => s.src)")
    assert _compressed(page, styles) < STYLES
    assert _compressed(page, scripts) < SCRIPTS


def _compressed(page: Page, addresses: list[str]) -> int:
    assert addresses
    bodies = [page.request.get(address).body() for address in addresses]
    return sum(len(gzip.compress(body, 9, mtime=0)) for body in bodies)
