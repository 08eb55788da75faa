"""The main path as people walk it, with the keyboard and without JavaScript."""

import re

import pytest

from tests.browser.conftest import PASSWORD, OpenPage, Site
from tests.worker.conftest import wait_until

pytest.importorskip("playwright", reason="playwright is in requirements/dev.txt")
from playwright.sync_api import Page, expect  # after the check for it

ARTICLE = "/articles/the-order-of-the-list/"
DESK = "/admin/comments/queueitem/"


def sign_in(page: Page, address: str, password: str = PASSWORD) -> None:
    page.goto("/accounts/login/")
    page.fill("input[name=login]", address)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    expect(page.locator(".account-nav")).to_contain_text("Notices")


def join(page: Page, site: Site, name: str) -> str:
    address = f"{name.lower()}@example.net"
    page.goto("/accounts/signup/")
    page.fill("input[name=email]", address)
    page.fill("input[name=username]", name)
    page.fill("input[name=password1]", "a phrase of my own")
    page.press("input[name=password1]", "Enter")
    expect(page.locator("input[name=code]")).to_be_visible()
    mail = wait_until(lambda: site.mails_to(address), "the mail with the code")[-1]
    code = re.search(r"^\s*([A-Z0-9]{4}-[A-Z0-9]{4})\s*$", mail, re.MULTILINE)
    assert code, mail
    page.fill("input[name=code]", code.group(1))
    page.press("input[name=code]", "Enter")
    expect(page.locator(".account-nav")).to_contain_text(name)
    return address


def write(page: Page, text: str) -> str:
    """Posts it and returns the id of its element."""
    page.goto(ARTICLE)
    page.fill("#comment-form textarea[name=body]", text)
    return send(page, text)


def send(page: Page, text: str) -> str:
    """Sends what the form holds, twice if it asks to look again."""
    page.click("#comment-form button.primary")
    sent = page.locator(".comment-body", has_text=text)
    look = page.locator("#comment-form .second-look")
    expect(sent.or_(look).first).to_be_visible()
    if look.is_visible():
        page.click("#comment-form button.primary")
    expect(sent).to_be_visible()
    return str(sent.locator("xpath=ancestor::article[1]").get_attribute("id"))


def wait_for_state(page: Page, comment: str, state: str) -> None:
    def is_there() -> bool:
        page.goto(f"/comments/{comment.removeprefix('comment-')}/")
        return page.locator(f"#{comment}").get_attribute("data-state") == state

    wait_until(is_there, f"{comment} is {state}")


def expect_keys(page: Page) -> None:
    """The marked card shows that the page's script is there and listens."""
    expect(page.locator(".desk-row.current")).to_have_count(1)


def find_on_desk(page: Page, words: str) -> None:
    page.goto(DESK)
    expect_keys(page)
    page.keyboard.press("/")
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    expect(page.locator(".card")).to_have_count(1)
    expect_keys(page)


def test_sign_up_comment_approve_by_keyboard(site: Site, open_page: OpenPage) -> None:
    author, moderator, reader = open_page(), open_page(), open_page()
    address = join(author, site, "Nora")
    comment = write(author, "Nora's very first thought.")
    wait_for_state(author, comment, "held")
    expect(author.locator(f"#{comment} .comment-note")).to_contain_text("new member")
    reader.goto(ARTICLE)
    expect(reader.locator(f"#{comment}")).to_have_count(0)

    sign_in(moderator, "moderator@example.org")
    find_on_desk(moderator, "very first thought")
    moderator.keyboard.press("a")
    expect(moderator.locator(".card-folded")).to_contain_text("Published.")

    reader.goto(ARTICLE)
    shown = reader.locator(f"#{comment}")
    expect(shown).to_have_attribute("data-state", "published")
    wait_until(
        lambda: any("published it" in mail for mail in site.mails_to(address)),
        "the author's mail",
    )


def test_reject_by_keyboard_with_rule_and_explanation(
    site: Site, open_page: OpenPage
) -> None:
    author, moderator, reader = open_page(), open_page(), open_page()
    address = join(author, site, "Oskar")
    comment = write(author, "Oskar sells wonderful clocks.")
    wait_for_state(author, comment, "held")

    sign_in(moderator, "moderator@example.org")
    find_on_desk(moderator, "wonderful clocks")
    moderator.keyboard.press("r")
    moderator.keyboard.type("7")
    explanation = moderator.locator("[data-explanation]")
    expect(explanation).to_have_value(re.compile("advertises"))
    explanation.fill("Clocks are not what the article asks about.")
    moderator.keyboard.press("Control+Enter")
    expect(moderator.locator(".card-folded")).to_contain_text("Rejected.")

    wait_for_state(author, comment, "rejected")
    own = author.locator(f"#{comment}")
    expect(own).to_contain_text("No advertising, no spam")
    expect(own).to_contain_text("Clocks are not what the article asks about.")
    mail = wait_until(
        lambda: [m for m in site.mails_to(address) if "Clocks are not" in m], "mail"
    )[0]
    assert "No advertising, no spam" in mail
    reader.goto("/moderation/log/")
    first = reader.locator(".log-list li").first
    expect(first).to_contain_text("Clocks are not what the article asks about.")
    expect(first).to_contain_text("No advertising, no spam")


def test_keys_rest_while_typing_and_can_be_switched_off(open_page: OpenPage) -> None:
    moderator = open_page()
    sign_in(moderator, "second@example.org")
    moderator.goto(DESK)
    expect_keys(moderator)
    cards = moderator.locator(".card").count()
    moderator.keyboard.press("/")
    moderator.keyboard.type("ajarx")
    expect(moderator.locator("#searchbar")).to_have_value("ajarx")
    moderator.keyboard.press("Escape")
    moderator.keyboard.press("j")
    expect_keys(moderator)
    moderator.keyboard.press("?")
    expect(moderator.locator("#desk-keys")).to_be_visible()
    moderator.uncheck("[data-keys-switch]")
    moderator.keyboard.press("Escape")
    moderator.keyboard.press("a")
    moderator.goto(DESK)
    expect(moderator.locator(".card")).to_have_count(cards)
    expect(moderator.locator(".desk-row.current")).to_have_count(0)


def test_all_of_it_without_javascript(site: Site, open_page: OpenPage) -> None:
    author = open_page(java_script_enabled=False)
    moderator = open_page(java_script_enabled=False)
    sign_in(author, "newcomer@example.org")
    author.goto(ARTICLE)
    author.fill("#comment-form textarea[name=body]", "Written *without* a script.")
    author.click("#comment-form button[name=preview]")
    expect(author.locator(".preview em")).to_have_text("without")
    author.click("#comment-form button.primary")
    comment = author.url.split("#")[1]
    wait_for_state(author, comment, "held")

    sign_in(moderator, "moderator@example.org")
    moderator.goto(f"{DESK}?q=Written")
    moderator.click(".card [data-approve]")
    expect(moderator.locator(".messagelist")).to_contain_text("Published.")
    wait_for_state(author, comment, "published")


def test_a_reply_names_whom_it_answers(open_page: OpenPage) -> None:
    reader = open_page()
    sign_in(reader, "reader@example.org")
    reader.goto(ARTICLE)
    first = reader.locator(".comment[data-state=published]").first
    name = first.locator(".comment-author").first.inner_text()
    first.locator(".comment-actions a", has_text="Reply").first.click()
    expect(reader.locator(".replying-to")).to_contain_text(name)
    reader.fill("#comment-form textarea[name=body]", "A reply from the browser.")
    reader.click("#comment-form button.primary")
    expect(reader.locator(".comment:target")).to_contain_text("from the browser")
    reply = reader.url.split("#")[1]
    wait_for_state(reader, reply, "published")
    inside = first.locator(f"#{reply}")
    expect(inside).to_have_count(1)


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_sticks_out(open_page: OpenPage, width: int, scheme: str) -> None:
    page = open_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    for address in ("/", ARTICLE, "/rules/", "/moderation/log/", "/accounts/signup/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
