"""What a member hears of and how: mails, follow and mute, in a real browser."""

from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import OpenPage, Site
from tests.browser.test_fifty import on_the_site
from tests.browser.test_main_path import ARTICLE, sign_in

pytest.importorskip("playwright", reason="playwright is in requirements/dev.txt")
from playwright.sync_api import Page, expect  # after the check for it

UNSUBSCRIBE = """
import django
django.setup()
from comments.mailing.tokens import unsubscribe_url
from ethicsforum.accounts.models import User
member = User.objects.get(email="reader@example.org")
print(unsubscribe_url(member.pk, "replies"))
"""


@pytest.fixture(scope="module")
def address(site: Site) -> str:
    """As it stands in each mail to Reader about a reply, after the site's own."""
    return urlsplit(on_the_site(site, UNSUBSCRIBE)).path


def test_mails_are_chosen_without_a_script(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    sign_in(page, "second@example.org")
    page.goto("/notices/mail/")
    page.get_by_label("replies").select_option("weekly")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".messages")).to_contain_text("Saved.")
    expect(page.get_by_label("replies")).to_have_value("weekly")


def test_a_mail_is_switched_off_without_signing_in_or_a_script(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(java_script_enabled=False, viewport={"width": 390, "height": 800})
    for _twice in range(2):
        page.goto(address)
        expect(page.locator("h1")).to_have_text("Fewer mails?")
        page.get_by_role("button", name="Switch these mails off").click()
        expect(page.locator("h1")).to_have_text("Switched off")
    sign_in(page, "reader@example.org")
    page.goto("/notices/mail/")
    expect(page.get_by_label("replies")).to_have_value("never")
    # What the member chose later is theirs, until they press again.
    page.get_by_label("replies").select_option("daily")
    page.get_by_role("button", name="Save").click()
    one_click: dict[str, str | float | bool] = {"List-Unsubscribe": "One-Click"}
    assert page.request.post(address, form=one_click).ok
    page.goto("/notices/mail/")
    expect(page.get_by_label("replies")).to_have_value("never")


@pytest.mark.parametrize("script", [True, False])
def test_a_discussion_is_followed_and_muted(open_page: OpenPage, script: bool) -> None:
    page = open_page(java_script_enabled=script)
    sign_in(page, "reader@example.org")
    page.goto(ARTICLE)
    press(page, "follow", "true")
    expect(page.locator(".attention")).to_contain_text("You hear of new comments")
    press(page, "mute", "true")
    expect(page.locator("#follow")).to_have_attribute("aria-pressed", "false")
    if script:
        expect(page.locator("#mute")).to_be_focused()
        assert page.url.endswith(ARTICLE)
    page.goto("/following/")
    page.get_by_role("button", name="Unmute").click()
    expect(page.locator(".chosen-list")).to_have_count(0)
    page.goto(ARTICLE)
    expect(page.locator("#mute")).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize("script", [True, False])
def test_a_muted_persons_comments_are_folded(open_page: OpenPage, script: bool) -> None:
    page = open_page(java_script_enabled=script)
    sign_in(page, "newcomer@example.org")
    page.goto(ARTICLE)
    author = page.locator(".comment[data-state=published] .comment-author a").first
    name = author.inner_text()
    author.click()
    press(page, "mute", "true")
    person = page.url
    page.goto(ARTICLE)
    folded = page.locator("details.comment-self", has_text=f"Muted: {name}").first
    expect(folded.locator(".comment-body")).to_be_hidden()
    folded.locator("summary").click()
    expect(folded.locator(".comment-body")).to_be_visible()
    page.goto(person)
    press(page, "mute", "false")
    page.goto(ARTICLE)
    expect(page.locator("details.comment-self")).to_have_count(0)


def press(page: Page, which: str, after: str) -> None:
    page.locator(f"#{which}").click()
    expect(page.locator(f"#{which}")).to_have_attribute("aria-pressed", after)
