"""The desk by keyboard alone, against the real site, and what goes wrong there."""

import re
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.browser.conftest import ROOT, OpenPage, Site
from tests.browser.test_main_path import DESK, expect_keys, sign_in

pytest.importorskip("playwright", reason="playwright is in requirements/dev.txt")
from playwright.sync_api import Locator, Page, expect  # after the check for it

HOLD = """
from django.contrib.auth import get_user_model
from django.db import transaction
from articles.models import Article
from comments.actions.deciding import Decider, decide
from comments.actions.posting import post_comment
from comments.models import Revision
from comments.states import State
under = Article.objects.first()
author = get_user_model().objects.create_user("{name}@example.net", "{name}", None)
for number in range({count}):
    # In one transaction: the worker comes too late to screen it.
    with transaction.atomic():
        made = post_comment(under, author=author, body=f"{name} {{number}}.")
        text = Revision.objects.get(comment=made)
        decide(text, to=State.HELD, by=Decider.machine())
"""
Hold = Callable[[str, int], None]


@pytest.fixture
def hold(site: Site) -> Hold:
    """So many comments by a person of that name wait."""

    def run(name: str, count: int) -> None:
        code = HOLD.format(name=name, count=count)
        env = {"DATA_DIR": str(site.folder / "data"), "PATH": "/usr/bin:/bin"}
        command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
        subprocess.run(command, cwd=ROOT, env=env, check=True, timeout=120)

    return run


def open_desk(page: Page, name: str) -> None:
    page.goto(f"{DESK}?q={name}")
    expect_keys(page)


def current(page: Page) -> Locator:
    return page.locator(".desk-row.current")


def row(page: Page, state: str) -> Locator:
    return page.locator(f".desk-row[data-state={state}]")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_fifty_items_by_keyboard_alone(open_page: OpenPage, hold: Hold) -> None:
    hold("Quintus", 50)
    page = open_page()
    sign_in(page, "moderator@example.org")
    open_desk(page, "Quintus")
    done = 0
    while done < 50:
        expect(row(page, "done")).to_have_count(0)
        expect_keys(page)
        on_page = page.locator(".desk-row").count()
        for number in range(on_page):
            if number % 5 == 4:
                press(page, "r", "7", "Enter")
            else:
                press(page, "a")
        expect(row(page, "done").or_(page.locator(".desk-empty")).first).to_be_visible()
        done += on_page
        if done < 50:
            expect(row(page, "done")).to_have_count(0)
    expect(page.locator(".desk-empty")).to_be_visible()


def test_the_focus_is_at_the_next_card_at_once(open_page: OpenPage, hold: Hold) -> None:
    hold("Rosa", 3)
    page = open_page()
    sign_in(page, "moderator@example.org")
    open_desk(page, "Rosa")
    press(page, "a")
    expect(current(page)).to_contain_text("Rosa 1.")
    expect(page.locator(".desk-row").first).to_contain_text("Published.")
    expect(page.locator("[data-status]")).to_contain_text("Published.")


def test_undo_brings_the_card_back(open_page: OpenPage, hold: Hold) -> None:
    hold("Silvia", 2)
    page = open_page()
    sign_in(page, "moderator@example.org")
    open_desk(page, "Silvia")
    press(page, "a")
    expect(row(page, "done")).to_have_count(1)
    press(page, "u")
    expect(current(page)).to_contain_text("Silvia 0.")
    expect(row(page, "done")).to_have_count(0)
    # It can be decided anew: the page knows its version.
    expect(page.locator("form[id^=decide-] [name=version]").first).to_have_value("3")
    press(page, "a")
    expect(row(page, "done")).to_have_count(1)


def test_reject_fills_in_the_rules_words_and_keeps_ones_own(
    open_page: OpenPage, hold: Hold
) -> None:
    hold("Tilda", 1)
    page = open_page()
    sign_in(page, "moderator@example.org")
    open_desk(page, "Tilda")
    press(page, "r", "2")
    words = current(page).locator("[data-explanation]")
    expect(words).to_have_value(re.compile("contempt"))
    press(page, "7")
    expect(words).to_have_value(re.compile("advertises"))
    words.fill("In my own words.")
    press(page, "Escape", "r", "1")
    expect(words).to_have_value("In my own words.")
    words.focus()
    press(page, "Control+Enter")
    expect(page.locator(".card-folded")).to_contain_text("Rejected.")


def test_without_a_rule_nothing_is_sent(open_page: OpenPage, hold: Hold) -> None:
    hold("Ugo", 1)
    page = open_page()
    sign_in(page, "moderator@example.org")
    open_desk(page, "Ugo")
    press(page, "r")
    current(page).locator("[data-explanation]").fill("Kept words.")
    press(page, "Control+Enter")
    expect(current(page).locator("[data-news]")).to_contain_text("choose the rule")
    expect(current(page).locator("[data-explanation]")).to_have_value("Kept words.")


def test_a_network_that_is_down_loses_nothing(open_page: OpenPage, hold: Hold) -> None:
    hold("Vera", 2)
    page = open_page()
    sign_in(page, "moderator@example.org")
    open_desk(page, "Vera")
    press(page, "r", "7")
    words = page.locator("[data-explanation]").first
    words.fill("Typed in a train.")
    page.context.set_offline(True)
    press(page, "Control+Enter")
    expect(row(page, "failed")).to_contain_text("did not answer")
    expect(words).to_have_value("Typed in a train.")
    page.context.set_offline(False)
    press(page, "k", "r", "Enter")
    expect(page.locator(".card-folded")).to_contain_text("Rejected.")


def test_a_colleague_who_was_first_is_named_in_the_card(
    open_page: OpenPage, hold: Hold
) -> None:
    hold("Wanda", 2)
    first, second = open_page(), open_page()
    for page, address in ((first, "moderator"), (second, "second")):
        sign_in(page, f"{address}@example.org")
        open_desk(page, "Wanda")
    press(first, "a")
    expect(row(first, "done")).to_have_count(1)
    press(second, "r", "7", "Enter")
    expect(row(second, "failed").locator("[data-news]")).to_contain_text("published")
    expect(second.locator("[data-explanation]").first).to_have_value(
        re.compile("advertises")
    )


def test_presence_names_who_reads_it_too(open_page: OpenPage, hold: Hold) -> None:
    hold("Xenia", 1)
    first, second = open_page(), open_page()
    for page, address in ((first, "moderator"), (second, "second")):
        sign_in(page, f"{address}@example.org")
        open_desk(page, "Xenia")
    expect(first.locator("[data-presence]")).to_contain_text("is reading this too")


def test_snooze_claim_escalate_and_note(open_page: OpenPage, hold: Hold) -> None:
    hold("Yara", 2)
    page = open_page()
    sign_in(page, "moderator@example.org")
    open_desk(page, "Yara")
    press(page, "c")
    expect(current(page).locator("[data-claim-badge]")).to_contain_text("Yours")
    press(page, "n")
    page.keyboard.type("ajar, said a colleague")
    press(page, "Control+Enter")
    expect(current(page).locator(".card-notes")).to_contain_text("ajar, said")
    press(page, "e")
    page.keyboard.type("What do you think?")
    press(page, "Control+Enter")
    expect(current(page).locator(".card-badges")).to_contain_text("Escalated")
    press(page, "s", "1")
    expect(row(page, "done")).to_contain_text("Snoozed; back in line at")
    expect(current(page)).to_contain_text("Yara 1.")


def test_the_mouse_takes_the_same_way(open_page: OpenPage, hold: Hold) -> None:
    hold("Zeno", 2)
    page = open_page()
    sign_in(page, "moderator@example.org")
    open_desk(page, "Zeno")
    address = page.url
    page.locator("[data-approve]").first.dblclick()
    expect(row(page, "done")).to_have_count(1)
    expect(row(page, "failed")).to_have_count(0)
    assert page.url == address


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_sticks_out_at_the_desk(
    open_page: OpenPage, hold: Hold, width: int
) -> None:
    hold(f"Wide{width}", 1)
    page = open_page(viewport={"width": width, "height": 800})
    sign_in(page, "moderator@example.org")
    open_desk(page, f"Wide{width}")
    press(page, "r", "Escape", "n")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
