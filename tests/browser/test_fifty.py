"""A moderator works through fifty items with the keyboard alone."""

import os
import subprocess
import sys

import pytest

from tests.browser.conftest import ROOT, OpenPage, Site
from tests.browser.test_main_path import DESK, expect_keys, sign_in
from tests.worker.conftest import wait_until

pytest.importorskip("playwright", reason="playwright is in requirements/dev.txt")
from playwright.sync_api import Page, Request, expect  # after the check for it

HOW_MANY = 50
QUERY = f"{DESK}?q=Waiting+thought"

POST = f"""
import django
django.setup()
from articles.models import Article
from comments.actions.posting import post_comment
from ethicsforum.accounts.models import User
article = Article.objects.order_by("pk").first()
author = User.objects.get(email="newcomer@example.org")
for number in range({HOW_MANY}):
    post_comment(article, author=author, body=f"Waiting thought, number {{number}}.")
"""

COUNT = """
import django
django.setup()
from comments.models import Decision
decided = Decision.objects.filter(
    revision__source__startswith="Waiting thought", decider__isnull=False
)
held = Decision.objects.filter(
    revision__source__startswith="Waiting thought", to_state="held"
)
print(held.count(), decided.filter(to_state="published").count(),
      decided.filter(to_state="rejected", rule__code="person").count())
"""


def on_the_site(site: Site, script: str) -> str:
    """What the script prints, run beside the running site, on its data."""
    env = {
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(site.folder / "data"),
        "DJANGO_SETTINGS_MODULE": "ethicsforum.settings",
        "LOG_LEVEL": "ERROR",
    }
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=env,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def counts(site: Site) -> tuple[int, int, int]:
    held, published, rejected = on_the_site(site, COUNT).split()
    return int(held), int(published), int(rejected)


def settle(page: Page, waiting: int) -> None:
    """The list shows as many cards that still wait, and its keys listen."""
    expect(page.locator(".desk-row:not([data-state=done])")).to_have_count(waiting)
    expect_keys(page)


def test_fifty_by_keyboard_each_in_one_round_trip(
    site: Site, open_page: OpenPage
) -> None:
    on_the_site(site, POST)
    wait_until(lambda: counts(site)[0] == HOW_MANY, "all of them are held")

    page = open_page()
    sign_in(page, "moderator@example.org")
    sent: list[str] = []
    page.on("request", lambda request: _note(sent, request))
    page.goto(QUERY)
    on_page = page.locator(".desk-row").count()
    for done in range(HOW_MANY):
        left_here = on_page - done % on_page
        settle(page, min(left_here, HOW_MANY - done))
        if done % 5 == 4:
            for key in ("r", "1", "Enter"):
                page.keyboard.press(key)
        else:
            page.keyboard.press("a")
    expect(page.locator(".desk-empty")).to_be_visible()

    assert counts(site)[1:] == (40, 10)
    assert len(sent) == HOW_MANY


def _note(sent: list[str], request: Request) -> None:
    if request.method == "POST" and request.url.endswith("/decide/"):
        sent.append(request.url)
