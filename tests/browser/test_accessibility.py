"""axe on the desk and on the pages that make moderation answerable."""

from typing import Any

import pytest

from tests.browser.conftest import OpenPage
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


PUBLIC = [
    "/",
    "/articles/the-order-of-the-list/",
    "/rules/",
    "/moderation/log/",
    "/moderation/notice/",
    "/moderation/report/",
    "/accounts/login/",
    "/accounts/signup/",
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
def test_public_pages(open_page: OpenPage, scheme: str) -> None:
    page = open_page(color_scheme=scheme)
    complaints = []
    for address in PUBLIC:
        page.goto(address)
        complaints += grave(page)
    assert not complaints, "\n".join(complaints)


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
