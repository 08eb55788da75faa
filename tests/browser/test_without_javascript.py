"""All of the reading and the writing, in a browser that runs no script."""

import re

import pytest

from tests.browser.conftest import OpenPage
from tests.browser.test_main_path import ARTICLE, sign_in

pytest.importorskip("playwright", reason="playwright is in requirements/dev.txt")
from playwright.sync_api import Page, expect  # after the check for it


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    return open_page(java_script_enabled=False)


def test_a_visitor_reads_sorts_and_opens_a_thread(page: Page) -> None:
    page.goto("/")
    page.locator("main h2 a, main h3 a").first.click()
    expect(page.locator("main h1")).to_be_visible()
    page.goto(ARTICLE)
    page.locator(".discussion-ways a", has_text=re.compile("newest", re.I)).click()
    expect(page.locator(".discussion-ways [aria-current]")).to_contain_text(
        re.compile("newest", re.I)
    )
    expect(page.locator(".comment").first).to_be_visible()
    branch = page.locator("details.replies").first
    branch.locator("> summary").click()
    expect(branch).not_to_have_attribute("open", "")
    page.locator(".comment-time:visible").first.click()
    assert "#comment-" in page.url
    expect(page.locator(f"#{page.url.split('#')[1]}")).to_be_in_viewport()


def test_a_visitor_searches(page: Page) -> None:
    page.goto("/search/")
    page.fill("input[type=search]", "list")
    page.press("input[type=search]", "Enter")
    page.locator(".search-results h2 a").first.click()
    expect(page.locator("main h1")).to_be_visible()


def test_a_member_previews_sends_edits_and_withdraws(page: Page) -> None:
    sign_in(page, "reader@example.org")
    page.goto(ARTICLE)
    words = "#comment-form textarea[name=body]"
    page.fill(words, "Plain *words* of a plain page.")
    page.click("#comment-form button[name=preview]")
    expect(page.locator(".preview em")).to_have_text("words")
    page.click("#comment-form button.primary")
    comment = page.url.split("#")[1]
    own = page.locator(f"#{comment}")
    expect(own.locator(".comment-body").first).to_contain_text("Plain words")
    # Whether it waits or is out: its author may change it and take it back.
    page.goto(f"/comments/{comment.removeprefix('comment-')}/")
    own.locator(".comment-actions a", has_text="Edit").first.click()
    page.fill("textarea[name=body]", "Plainer words still.")
    page.locator("main form button.primary").click()
    expect(own.locator(".comment-body").first).to_contain_text("Plain")
    own.locator(".comment-actions a", has_text="Withdraw").first.click()
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator(f"#{comment} .comment-body")).to_have_count(0)


def test_a_member_votes_and_takes_it_back(page: Page) -> None:
    sign_in(page, "second@example.org")
    page.goto(ARTICLE)
    vote = page.locator("form[action$='/votes/']:visible button[id$=value-up]").first
    button = page.locator(f"#{vote.get_attribute('id')}")
    for pressed in ("true", "false"):
        button.click()
        expect(page.locator("main h1")).to_be_visible()
        expect(button).to_have_attribute("aria-pressed", pressed)


def test_an_empty_comment_is_answered_beside_the_field(page: Page) -> None:
    sign_in(page, "reader@example.org")
    page.goto(ARTICLE)
    page.fill("#comment-form textarea[name=body]", "   ")
    page.click("#comment-form button.primary")
    expect(page.locator("#comment-form .field-error")).to_be_visible()
