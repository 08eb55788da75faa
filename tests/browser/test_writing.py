"""Writing, as people do it: in place with a script, page by page without one."""

import pytest

from tests.browser.conftest import OpenPage, Site
from tests.browser.test_live import pk_of, publish
from tests.browser.test_main_path import ARTICLE, sign_in

pytest.importorskip("playwright", reason="playwright is in requirements/dev.txt")
from playwright.sync_api import Locator, Page, expect  # after the check for it

LINKS = "https://a.example https://b.example https://c.example"
TEXT = "#comment-form textarea[name=body]"
SELECT_FIRST_PARAGRAPH = """body => {
  const range = document.createRange();
  range.selectNodeContents(body.querySelector("p"));
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


def member(page: Page, address: str = "reader@example.org") -> Page:
    sign_in(page, address)
    page.goto(ARTICLE)
    return page


def first_comment(page: Page) -> Locator:
    """Somebody else's: one's own name is nobody to call."""
    own = page.locator(":scope > .comment-self .comment-author", has_text="Reader")
    return page.locator(".comment[data-state=published]").filter(has_not=own).first


def text_of(page: Page) -> str:
    return page.locator(TEXT).input_value()


def test_a_second_look_and_then_it_is_sent_in_place(open_page: OpenPage) -> None:
    page = member(open_page())
    page.locator(TEXT).fill(f"Sources for *this*: {LINKS}")
    preview = page.locator(".live-preview")
    expect(preview.locator("em")).to_have_text("this")
    expect(preview).to_contain_text("more links than usual")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".form-says")).to_contain_text("press Send again")
    page.keyboard.press("Control+Enter")
    sent = page.locator(".comment", has_text="Sources for this").last
    expect(sent).to_be_focused()
    assert page.url.endswith(f"{ARTICLE}#{sent.get_attribute('id')}")
    assert text_of(page) == ""
    page.reload()
    assert text_of(page) == ""


def test_a_reply_below_what_it_answers(open_page: OpenPage) -> None:
    page = member(open_page())
    first = first_comment(page)
    name = first.locator(".comment-author").first.inner_text()
    first.locator(".comment-body").first.evaluate(SELECT_FIRST_PARAGRAPH)
    first.locator(".comment-actions a", has_text="Reply").first.click()
    form = first.locator("form#comment-form")
    expect(form.locator(".replying-to")).to_contain_text(name)
    expect(page.locator(TEXT)).to_be_focused()
    assert text_of(page).startswith("> ")
    page.keyboard.type(f"Below a quote, @{name[:2].lower()}")
    expect(page.locator("#names [aria-selected=true]")).to_have_text(name)
    page.keyboard.press("Enter")
    assert text_of(page).endswith(f"Below a quote, @{name} ")
    form.locator("summary", has_text="what the other person means").click()
    form.locator("textarea[name=steelman]").fill("You were glad of the formula.")
    form.locator(".primary").click()
    sent = first.locator(".comment", has_text="Below a quote,").last
    expect(sent).to_contain_text("As I understand you:")
    # The form is back at its place, for a comment of its own.
    expect(page.locator(".discussion > form#comment-form")).to_have_count(1)
    expect(page.locator("#comment-form [name=parent]")).to_have_count(0)


def test_what_is_not_sent_is_kept_for_its_writer_alone(open_page: OpenPage) -> None:
    page = member(open_page())
    page.locator(TEXT).fill("Half a thought")
    page.goto("/rules/")
    page.goto(ARTICLE)
    assert text_of(page) == "Half a thought"
    expect(page.locator(".draft-note")).to_contain_text("is back")
    page.goto("/accounts/logout/")
    page.locator("main form button").click()
    member(page, "newcomer@example.org")
    assert text_of(page) == ""
    page.goto("/accounts/logout/")
    page.locator("main form button").click()
    member(page)
    page.locator("[data-discard]").click()
    assert text_of(page) == ""
    page.reload()
    assert text_of(page) == ""


def test_what_is_wrong_is_said_and_the_text_stays(open_page: OpenPage) -> None:
    page = member(open_page())
    page.locator(TEXT).fill("x" * 10_001)
    expect(page.locator(".char-count")).to_contain_text("too many: 1")
    page.locator("#comment-form .primary").click()
    expect(page.locator(".form-says")).to_contain_text("10,001")
    assert len(text_of(page)) == 10_001
    page.locator(TEXT).fill("")


def test_marks_by_buttons_and_keys(open_page: OpenPage) -> None:
    page = member(open_page())
    page.locator(TEXT).fill("word")
    page.locator(TEXT).select_text()
    page.get_by_role("button", name="Bold").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert text_of(page) == "*word*"
    page.keyboard.press("Control+z")
    assert text_of(page) == "word"
    page.locator(TEXT).fill("")


def test_sent_under_newest_it_goes_first(open_page: OpenPage) -> None:
    page = member(open_page(), "second@example.org")
    page.goto(f"{ARTICLE}?sort=newest")
    page.locator(TEXT).fill("The newest of all.")
    page.locator("#comment-form .primary").click()
    first = page.locator(".discussion > .thread > li > .comment").first
    expect(first).to_contain_text("The newest of all.")
    expect(first).to_be_focused()
    page.reload()
    expect(first).to_contain_text("The newest of all.")


def test_an_edit_has_the_same_aids(site: Site, open_page: OpenPage) -> None:
    comment = publish(site, "As it was.", by="reader")
    page = open_page()
    sign_in(page, "reader@example.org")
    page.goto(f"/comments/{pk_of(comment)}/")
    page.locator(f"#{comment} .comment-actions a", has_text="Edit").first.click()
    area, preview = page.locator("textarea[name=body]"), page.locator(".live-preview")
    expect(area).to_have_value("As it was.")
    area.select_text()
    page.get_by_role("button", name="Bold").click()
    expect(area).to_have_value("**As it was.**")
    expect(preview.locator("strong")).to_have_text("As it was.")
    area.fill(f"As it is now. {LINKS}")
    expect(preview).to_contain_text("more links than usual")
    page.goto("/rules/")
    page.go_back()
    page.reload()
    expect(area).to_have_value(f"As it is now. {LINKS}")
    page.locator("[data-discard]").click()
    expect(area).to_have_value("As it was.")
    area.fill("As it *is* now.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(f"#{comment}")).to_be_in_viewport()
    # Out, or waiting when its author has written much: it is the text in hand.
    page.goto(f"/comments/{pk_of(comment)}/edit/")
    expect(area).to_have_value("As it *is* now.")


def test_all_of_it_without_a_script(open_page: OpenPage) -> None:
    page = member(open_page(java_script_enabled=False))
    expect(page.locator(".toolbar")).to_be_hidden()
    expect(page.locator(".live-preview")).to_be_hidden()
    first = first_comment(page)
    first.locator(".comment-actions a", has_text="Reply").first.click()
    page.locator("summary", has_text="what the other person means").click()
    page.locator("textarea[name=steelman]").fill("You mean well.")
    page.locator(TEXT).fill(f"Without a script: {LINKS}")
    page.locator("#comment-form button[name=preview]").click()
    expect(page.locator(".preview")).to_contain_text("As I understand you:")
    expect(page.locator(".second-look")).to_contain_text("more links than usual")
    page.locator("#comment-form .primary").click()
    sent = page.locator(".comment:target")
    expect(sent).to_contain_text("You mean well.")
