"""Ways through a discussion, an earlier text, colours and paper, in a real browser."""

import json
from typing import Any

import pytest

from tests.browser.conftest import OpenPage, Site
from tests.browser.test_fifty import on_the_site
from tests.browser.test_main_path import sign_in

pytest.importorskip("playwright", reason="playwright is in requirements/dev.txt")
from playwright.sync_api import Locator, Page, expect  # after the check for it

WRITE = """
import django
django.setup()
import json
from datetime import timedelta
from django.db import transaction
from django.utils import timezone
from articles.models import Article
from comments.actions.deciding import Decider, decide
from comments.actions.posting import edit_comment, post_comment
from comments.actions.voting import Axis, Choice, vote
from comments.models import Comment, Visit
from comments.states import State
from ethicsforum.accounts.models import User

under = Article.objects.create(
    slug="ways", title="Ways through", status=Article.Status.PUBLISHED,
    body="A line with [a source](https://example.org/source).\\n\\n" * 9,
)
author = User.objects.create_user("xaver@example.net", "Xaver")

def accept(comment):
    text = comment.revisions.order_by("number").last()
    decide(text, to=State.PUBLISHED, by=Decider.machine())
    return Comment.objects.get(pk=comment.pk)

def write(body, parent=None):
    # In one transaction: the worker comes too late to screen it.
    with transaction.atomic():
        return accept(post_comment(under, author=author, body=body, parent=parent))

oldest = write("The oldest.")
wide = [write(f"Beside others, {n}.", oldest).pk for n in range(9)]
valued = write("It speeks for itself.")
newest = write("The newest.")
deep, above = [], newest
for level in range(11):
    above = write(f"So deep: {level}.", above)
    deep.append(above.pk)
long_ago = timezone.now() - timedelta(days=2)
Comment.objects.filter(pk=valued.pk).update(published_at=long_ago)
with transaction.atomic():
    edit_comment(valued, body="It speaks for itself.")
    accept(valued)
voter = User.objects.get(email="second@example.org")
vote(valued, member=voter, axis=Axis.VALUE, choice=Choice.UP)
member = User.objects.get(email="newcomer@example.org")
day_before = timezone.now() - timedelta(days=1)
Visit.objects.create(member=member, article=under, seen_at=day_before)
print(json.dumps({
    "page": under.get_absolute_url(), "oldest": oldest.pk, "valued": valued.pk,
    "newest": newest.pk, "wide": wide, "deep": deep,
}))
"""
PAPER = "getComputedStyle(document.documentElement).backgroundColor"
NOTE_FIRST_COLOURS = """
new MutationObserver(() => {
  if (document.body) window.first ??= document.documentElement.dataset.theme;
}).observe(document, { childList: true, subtree: true });
"""


@pytest.fixture(scope="module")
def here(site: Site) -> Any:
    """The address of a discussion, and the ids of comments that matter in it."""
    return json.loads(on_the_site(site, WRITE))


def comment(page: Page, pk: int) -> Locator:
    return page.locator(f"#comment-{pk}")


def background(locator: Locator) -> str:
    own = locator.locator("> .comment-self")
    return str(own.evaluate("own => getComputedStyle(own).backgroundColor"))


@pytest.mark.parametrize("script", [True, False])
def test_more_replies(open_page: OpenPage, here: Any, script: bool) -> None:
    page = open_page(java_script_enabled=script)
    page.goto(here["page"])
    seventh = comment(page, here["wide"][6])
    expect(seventh).to_have_count(0)
    page.get_by_role("link", name="3 more replies").click()
    expect(seventh).to_be_in_viewport()
    expect(comment(page, here["wide"][8])).to_be_visible()
    if script:
        expect(seventh).to_be_focused()
        assert page.url.endswith(here["page"])
    else:
        assert page.url.endswith(f"?thread={here['oldest']}#comment-{here['wide'][6]}")


def test_a_deep_thread_goes_on_without_a_script(open_page: OpenPage, here: Any) -> None:
    page = open_page(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page.goto(here["page"])
    page.get_by_role("link", name="5 more replies").click()
    deepest = comment(page, here["deep"][-1])
    expect(deepest).to_have_count(0)
    page.get_by_role("link", name="Continue this thread").click()
    expect(deepest).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("link", name="The whole discussion").click()
    expect(comment(page, here["oldest"])).to_be_visible()


def test_three_orders(open_page: OpenPage, here: Any) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(here["page"])
    roots = page.locator(".discussion > .thread > li > .comment")
    for name in ("newest", "oldest", "valued"):
        words = {"valued": "Most valued"}.get(name, name.capitalize())
        page.locator(".discussion-ways").get_by_role("link", name=words).click()
        expect(roots.first).to_have_id(f"comment-{here[name]}")
        expect(page.locator(".discussion-ways [aria-current]")).to_have_text(words)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_permalink_leads_to_its_comment_and_marks_it(
    open_page: OpenPage, here: Any, scheme: str
) -> None:
    page = open_page(java_script_enabled=False, color_scheme=scheme)
    late, before = here["wide"][8], here["wide"][7]
    page.goto(f"/comments/{late}/")
    assert page.url.endswith(f"#comment-{late}")
    expect(comment(page, late)).to_be_in_viewport()
    assert background(comment(page, late)) != background(comment(page, before))


@pytest.mark.parametrize("script", [True, False])
def test_from_one_new_comment_to_the_next(
    open_page: OpenPage, here: Any, script: bool
) -> None:
    page = open_page(java_script_enabled=script)
    sign_in(page, "newcomer@example.org")
    page.goto(f"{here['page']}?sort=oldest")
    expect(page.locator(".news-line")).to_contain_text("22 new since your visit")
    page.locator(".news-line a").click()
    assert page.url.endswith(f"#comment-{here['oldest']}")
    comment(page, here["oldest"]).locator(".new-next").first.click()
    assert page.url.endswith(f"#comment-{here['wide'][0]}")
    expect(comment(page, here["wide"][0])).to_be_in_viewport()
    expect(comment(page, here["valued"]).locator(".new-mark")).to_have_count(0)


def test_what_a_comment_said_before(open_page: OpenPage, here: Any) -> None:
    page = open_page(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page.goto(here["page"])
    comment(page, here["valued"]).locator(".comment-edited").click()
    assert page.url.endswith(f"/comments/{here['valued']}/history/")
    newest, first = page.locator(".versions > li").all()
    expect(newest.locator("ins")).to_contain_text("speaks")
    expect(newest.locator("del")).to_contain_text("speeks")
    expect(first).to_contain_text("It speeks for itself.")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("main a", has_text="the comment by").click()
    expect(comment(page, here["valued"])).to_be_in_viewport()


@pytest.mark.parametrize("system", ["light", "dark"])
def test_colours_are_the_readers_choice_and_stay(
    open_page: OpenPage, here: Any, system: str
) -> None:
    page = open_page(color_scheme=system)
    page.add_init_script(NOTE_FIRST_COLOURS)
    page.goto(here["page"])
    paper, as_system = page.locator("html"), page.evaluate(PAPER)
    height = page.evaluate("document.body.scrollHeight")
    other = {"light": "dark", "dark": "light"}[system]
    page.locator(f"input[name=theme][value={other}]").check()
    expect(paper).not_to_have_css("background-color", as_system)
    assert page.evaluate("document.body.scrollHeight") == height
    page.reload()
    # Before anything was painted, so that nothing flashes.
    assert page.evaluate("window.first") == other
    expect(paper).not_to_have_css("background-color", as_system)
    expect(page.locator(f"input[name=theme][value={other}]")).to_be_checked()
    page.locator("input[name=theme][value=auto]").check()
    expect(paper).to_have_css("background-color", as_system)


def test_on_paper_is_what_there_is_to_read(open_page: OpenPage, here: Any) -> None:
    page = open_page(color_scheme="dark")
    sign_in(page, "newcomer@example.org")
    page.goto(here["page"])
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator("h1")).to_be_visible()
    expect(comment(page, here["oldest"]).locator(".comment-body").first).to_be_visible()
    for screen_only in ("nav", "form", "footer", ".news", ".toolbar", ".skip-link"):
        for found in page.locator(screen_only).all():
            expect(found).to_be_hidden()
    assert page.evaluate(PAPER) == "rgb(255, 255, 255)"
    link = page.locator(".prose a").first
    after = link.evaluate("link => getComputedStyle(link, '::after').content")
    assert "https://example.org/source" in after
    ink = page.locator(".prose p").first.evaluate("p => getComputedStyle(p).color")
    assert ink == "rgb(0, 0, 0)"
