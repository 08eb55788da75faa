"""Nobody passes for somebody else, for staff or for the site by a look-alike name."""

import pytest
from django.test import Client

from ethicsforum.accounts.models import User
from tests import cast

pytestmark = pytest.mark.django_db

LIKE_MIA = [
    "Mia",
    "MIA",
    "M i a",
    "M.i.a",
    "\u041c\u0456\u0430",
    "Mi\u0430",
    "\uff2d\uff49\uff41",
    "Mia\u200b",
    "\u202eaiM",
    "Mi\u00ada",
    "M\u2060ia",
    "Mia\ufe0f",
    "\U0001d40cia",
]
LIKE_THE_SITE = ["Moderator", "m\u043ederator", "Admin", "Adm\u0456n", "Ethics Forum"]
NO_NAMES = [
    "\u202e\u202d",
    "\u200b\u200b",
    " ",
    "\u3164\u3164",
    "a\u0301\u0301\u0301\u0301" * 9,
    "\U0001f600" * 9,
    "<b>Bo</b>",
    "Bo\0",
    "Bo\nBo",
    "B" * 41,
    "Bo\u3164",
    "\uffa0\uffa0",
]


@pytest.mark.parametrize("name", [*LIKE_MIA, *LIKE_THE_SITE, *NO_NAMES])
def test_a_spoofed_name_makes_no_account(client: Client, name: str) -> None:
    cast.mia()
    form = {"email": "new@example.org", "username": name, "password1": "a b c d e f g"}
    response = client.post("/accounts/signup/", form)
    assert response.status_code in {200, 400}
    assert User.objects.count() == 1
