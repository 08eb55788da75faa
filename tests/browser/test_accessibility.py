"""axe on the desk, and on what members see while they answer a decision.

The public pages are in `test_all_pages.py`."""

from typing import Any

import pytest

from tests.browser.conftest import OpenPage, Site
from tests.browser.test_fifty import on_the_site
from tests.browser.test_main_path import sign_in

pytest.importorskip("playwright", reason="playwright is in requirements/dev.txt")
from axe_playwright_python.sync_playwright import Axe  # after the check for it
from playwright.sync_api import Page

GRAVE = {"serious", "critical"}
DJANGOS_OWN = {("empty-table-header", "th"), ("label-title-only", "#searchbar")}
"""Rule and place in the admin's own templates."""


def grave(page: Page) -> list[str]:
    """What axe finds serious or worse, one line each, with where."""
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [
        f"{page.url} {rule['id']}: {place}"
        for rule in found
        if rule["impact"] in GRAVE
        for node in rule["nodes"]
        for place in node["target"]
        if (rule["id"], place) not in DJANGOS_OWN
    ]


DESK = [
    "/admin/",
    "/admin/comments/queueitem/",
    "/admin/comments/queueitem/?queue=reported",
    "/admin/comments/queueitem/?queue=appeals",
    "/admin/comments/queueitem/?queue=mine",
    "/admin/comments/queueitem/?queue=decided",
    "/admin/comments/sanction/",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_desk(open_page: OpenPage, scheme: str) -> None:
    page = open_page(color_scheme=scheme)
    sign_in(page, "moderator@example.org")
    complaints = []
    for address in DESK:
        page.goto(address)
        complaints += grave(page)
    page.goto("/admin/comments/queueitem/")
    page.locator(".card-age").first.click()
    complaints += grave(page)
    assert not complaints, "\n".join(complaints)


REFUSE = """
import django
django.setup()
from comments.actions.deciding import Decider, Reason, decide_item
from comments.models import QueueItem, Rule
from comments.states import State
from ethicsforum.accounts.models import User
waiting = QueueItem.objects.waiting().for_desk().filter(kind="held")
item = waiting.filter(comment__author__email="newcomer@example.org").first()
by = Decider.moderator(User.objects.get(email="moderator@example.org"))
reason = Reason(Rule.objects.get(code="question"), "It is about something else.")
to = State.REJECTED
decision = decide_item(item, version=item.version, to=to, by=by, reason=reason)
print(decision.pk)
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_whom_it_was_decided_about(
    site: Site, open_page: OpenPage, scheme: str
) -> None:
    decision = on_the_site(site, REFUSE)
    page = open_page(color_scheme=scheme)
    sign_in(page, "newcomer@example.org")
    complaints = []
    for address in ("", "appeal/"):
        page.goto(f"/decisions/{decision}/{address}")
        complaints += grave(page)
    page.fill("textarea[name=body]", "I see it so.")
    page.locator("main button[type=submit]").last.click()
    complaints += grave(page)
    for address in ("/notices/", "/reports/"):
        page.goto(address)
        complaints += grave(page)
    assert not complaints, "\n".join(complaints)
