"""`next`, and whatever else says where to go, never leads off the site."""

import re
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django.conf import settings as site
from django.test import Client

from ethicsforum.accounts.models import User
from tests.cast import PASSWORD
from tests.permissions.scene import build_scene
from tests.permissions.table import Row, every_row
from tests.permissions.walking import Walker, filled, form_of

pytestmark = pytest.mark.django_db

ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "https:evil.example",
    "http:///evil.example/",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
    "/%2f%2fevil.example/",
    "%2f%2fevil.example/",
    "\t//evil.example/",
    "/\t/evil.example/",
    "/\n/evil.example/",
    "javascript:alert(1)",
    "data:text/html,x",
    "/\r\nX-Split: 1",
    "/%0d%0aX-Split:%201",
]
OURS = {"", "testserver", "127.0.0.1:8000"}
PROVIDERS = {urlsplit(origin).netloc for origin in site.PROVIDER_ORIGINS}
"""Where a press on their button leads, with a way back that is ours."""
LEADS = (
    "next",
    "url",
    "return",
    "redirect_to",
    "continue",
    "_popup",
    "filters",
    "from",
)


def leaves(response: Any) -> bool:
    """As browsers read an address: without control characters, `\\` as `/`."""
    location = response.headers.get("Location", "")
    location += response.headers.get("HX-Redirect", "")
    location += response.headers.get("HX-Location", "")
    read = re.sub(r"[\x00-\x20]", "", location).replace("\\", "/")
    scheme, netloc = urlsplit(read)[:2]
    if scheme == "https" and netloc in PROVIDERS:
        return "evil.example" in read
    away = netloc not in OURS or scheme not in {"", "http"}
    return away or read.startswith("//") or "X-Split" in response.headers


def redirecting(person: str) -> list[tuple[str, Row]]:
    return [
        (method, row)
        for row in every_row()
        for method in ("GET", "POST")
        if row.answers[method, person] in {"302", "in"}
    ]


@pytest.mark.parametrize("person", ["nobody", "member", "moderator"])
def test_no_address_leads_away(person: str) -> None:
    known, walker = build_scene(), Walker(person)
    wrong = []
    for number, (method, row) in enumerate(redirecting(person)):
        # Each address in its turn: together they meet all of them many times.
        for place in ELSEWHERE[number % 3 :: 3]:
            asked = dict.fromkeys(LEADS, place)
            address = filled(row.address, known)
            address += ("&" if "?" in address else "?") + urlencode(asked)
            form = form_of(row.form, known) if method == "POST" else {}
            sent = {**asked, **form} if method == "POST" else None
            headers = {"referer": "https://evil.example/", "hx-current-url": place}
            headers["hx-current-url"] = re.sub(r"\s", "", place)
            outcome = walker.go(method, address, sent, headers=headers)
            if leaves(outcome.response) or outcome.status == "500":
                told = outcome.response.headers.get("Location")
                wrong.append(f"{method} {row.address} {place!r}: {told}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("place", ELSEWHERE)
@pytest.mark.parametrize("in_the_form", [True, False])
def test_signing_in_stays_here(
    client: Client, ben: User, place: str, in_the_form: bool
) -> None:
    form = {"login": ben.email, "password": PASSWORD}
    query = urlencode({"next": place})
    if in_the_form:
        response = client.post("/accounts/login/", {**form, "next": place})
    else:
        response = client.post(f"/accounts/login/?{query}", form)
    assert response.status_code == 302
    assert not leaves(response)


@pytest.mark.parametrize("place", ELSEWHERE)
def test_proving_who_one_is_stays_here(client: Client, ben: User, place: str) -> None:
    client.force_login(ben)
    form = {"password": PASSWORD, "next": place}
    response = client.post("/accounts/reauthenticate/", form)
    assert response.status_code == 302
    assert not leaves(response)
