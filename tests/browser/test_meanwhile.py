"""What changed while a page was open: the comment one answers, one's own session."""

from collections.abc import Iterator

import pytest

from tests.browser.conftest import PASSWORD, OpenPage, Site
from tests.browser.test_fifty import on_the_site
from tests.browser.test_live import REMOVE, pk_of
from tests.browser.test_main_path import sign_in

pytest.importorskip("playwright", reason="playwright is in requirements/dev.txt")
from playwright.sync_api import Page, expect  # after the check for it

PUBLISH = """
import django
django.setup()
from django.db import transaction
from articles.models import Article
from comments.actions.deciding import Decider, decide
from comments.actions.posting import post_comment
from comments.states import State
from ethicsforum.accounts.models import User
under = Article.objects.get(slug="the-order-of-the-list")
author = User.objects.get(email="moderator@example.org")
for number in range(9):
    # In one transaction: the worker comes too late to screen it.
    with transaction.atomic():
        made = post_comment(under, author=author, body=f"Answer me, {number}.")
        decide(made.revisions.get(), to=State.PUBLISHED, by=Decider.machine())
    print(f"comment-{made.pk}")
"""
READER = "reader@example.org"
TEXT = "#comment-form textarea[name=body]"


@pytest.fixture(scope="module")
def published(site: Site) -> Iterator[str]:
    """Ids of elements, one for each test."""
    return iter(on_the_site(site, PUBLISH).split())


@pytest.fixture
def comment(published: Iterator[str]) -> str:
    """Somebody else's, that nobody has answered."""
    return next(published)


def reply_to(page: Page, comment: str) -> None:
    page.goto(f"/comments/{pk_of(comment)}/")
    page.locator(f"#{comment} .comment-actions a", has_text="Reply").first.click()
    expect(page.locator("#comment-form .replying-to")).to_be_visible()


def end_session(page: Page) -> None:
    """As it ends by itself, or in another tab."""
    page.context.clear_cookies(name="sessionid")


def sign_in_again(page: Page) -> None:
    """On the page that came by itself, as a whole and only once."""
    page.wait_for_url("**/accounts/login/**")
    expect(page.locator("main")).to_have_count(1)
    expect(page.locator(".comment")).to_have_count(0)
    page.fill("input[name=login]", READER)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")


# --- The comment one answers ------------------------------------------------------


@pytest.mark.parametrize("script", [True, False])
def test_what_one_answers_is_removed_meanwhile(
    site: Site, open_page: OpenPage, comment: str, script: bool
) -> None:
    page = open_page(java_script_enabled=script)
    sign_in(page, READER)
    reply_to(page, comment)
    words = f"An answer that took its time, {script}."
    page.fill(TEXT, words)
    on_the_site(site, REMOVE.format(pk=pk_of(comment)))
    page.click("#comment-form .primary")
    said = page.locator("#comment-form .field-error")
    expect(said).to_contain_text("no longer there. Your text is kept")
    expect(page.locator(TEXT)).to_have_value(words)
    expect(page.locator("#comment-form .replying-to")).to_have_count(0)
    # And what the sentence promises holds.
    page.click("#comment-form .primary")
    sent = page.locator(".comment:target")
    expect(sent).to_contain_text(words)
    expect(page.locator(f"#{comment}").locator(sent)).to_have_count(0)


@pytest.mark.parametrize("script", [True, False])
def test_what_one_wants_to_answer_is_gone_already(
    site: Site, open_page: OpenPage, comment: str, script: bool
) -> None:
    page = open_page(java_script_enabled=script)
    sign_in(page, READER)
    page.goto(f"/comments/{pk_of(comment)}/")
    on_the_site(site, REMOVE.format(pk=pk_of(comment)))
    page.locator(f"#{comment} .comment-actions a", has_text="Reply").first.click()
    said = page.locator("#comment-form .notice-box")
    expect(said).to_contain_text("no longer there")
    expect(page.locator(TEXT)).to_be_in_viewport()


# --- One's own session ------------------------------------------------------------


def test_a_vote_leads_to_sign_in_and_back(open_page: OpenPage, comment: str) -> None:
    page = open_page()
    sign_in(page, READER)
    page.goto(f"/comments/{pk_of(comment)}/")
    end_session(page)
    page.click(f"#vote-{pk_of(comment)}-agree-up")
    sign_in_again(page)
    expect(page.locator(f"#{comment}")).to_be_in_viewport()
    button = page.locator(f"#vote-{pk_of(comment)}-agree-up")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")


def test_the_preview_of_a_reply_leads_to_sign_in_and_back_to_its_text(
    open_page: OpenPage, comment: str
) -> None:
    page = open_page()
    sign_in(page, READER)
    reply_to(page, comment)
    end_session(page)
    page.fill(TEXT, "Half an answer.")
    sign_in_again(page)
    expect(page.locator("#comment-form .replying-to")).to_be_visible()
    expect(page.locator(TEXT)).to_have_value("Half an answer.")
    expect(page.locator(TEXT)).to_be_in_viewport()
    page.click("[data-discard]")


def test_the_form_of_a_reply_leads_to_sign_in_and_back(
    open_page: OpenPage, comment: str
) -> None:
    page = open_page()
    sign_in(page, READER)
    page.goto(f"/comments/{pk_of(comment)}/")
    end_session(page)
    page.locator(f"#{comment} .comment-actions a", has_text="Reply").first.click()
    sign_in_again(page)
    expect(page.locator("#comment-form .replying-to")).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_what_is_sent_leads_to_sign_in_and_is_kept(
    open_page: OpenPage, comment: str, script: bool
) -> None:
    page = open_page(java_script_enabled=script)
    sign_in(page, READER)
    reply_to(page, comment)
    # Not by the preview, which would find it out first.
    page.route("**/comments/preview/", lambda route: route.abort())
    page.fill(TEXT, f"Written in good time, {script}.")
    end_session(page)
    page.click("#comment-form .primary")
    sign_in_again(page)
    expect(page.locator("#comment-form .replying-to")).to_be_visible()
    expect(page.locator(TEXT)).to_have_value(f"Written in good time, {script}.")
    page.click("#comment-form .primary")
    expect(page.locator(f"#{comment} .comment:target")).to_contain_text("in good time")
