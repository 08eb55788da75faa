"""What only one person may see is kept by nobody: no proxy, no disk, no back button."""

from typing import Any

import pytest
from django.test import Client

from ethicsforum.accounts.models import User
from tests import filled
from tests.page import STRANGER, Page
from tests.pages import PAGES

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


def is_private(page: Page, known: dict[str, Any]) -> bool:
    """A stranger is led to the login."""
    answer = Client().get(page.address.format(**known))
    return answer.status_code == 302 and answer["Location"].startswith(LOGIN)


def pages_of_members(known: dict[str, Any]) -> list[Page]:
    mine = {p.address: p for p in PAGES if p.by != STRANGER and p.post is None}
    return [page for page in mine.values() if is_private(page, known)]


def test_no_private_page_is_kept() -> None:
    known = {**filled.fill(), "year": 2020}
    private = pages_of_members(known)
    assert len(private) > 10
    kept = []
    for page in private:
        client = Client()
        client.force_login(User.objects.get(username=page.by))
        answer = client.get(page.address.format(**known))
        if "no-store" not in answer.headers.get("Cache-Control", ""):
            kept.append(page.address)
    assert kept == []
