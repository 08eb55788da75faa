"""Who finds a hole learns whom to tell, if the operator has said so."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

import pytest
import time_machine
from django.test import Client

from ethicsforum import env
from tests.kernel.test_env import start

pytestmark = pytest.mark.django_db
HERE = "/.well-known/security.txt"


def test_without_a_contact_there_is_no_page(client: Client) -> None:
    assert client.get(HERE).status_code == HTTPStatus.NOT_FOUND


@time_machine.travel(datetime.fromisoformat("2026-11-24T12:00:00+00:00"), tick=False)
def test_the_contact_is_named_for_half_a_year(client: Client, settings: Any) -> None:
    settings.SECURITY_CONTACT = "mailto:security@example.org"
    response = client.get(HERE)
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "Contact: mailto:security@example.org",
        "Expires: 2027-05-23T12:00:00+00:00",
        "Preferred-Languages: en",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    assert not response.cookies


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("a@example.org", "mailto:a@example.org"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("https://example.org/report", "https://example.org/report"),
    ],
)
def test_a_contact_is_a_mail_address_or_a_page(
    given: str, read: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(env, "VARIABLES", {})
    monkeypatch.setenv("SOME_CONTACT", given)
    assert env.contact("SOME_CONTACT", "", shown="") == read


def test_anything_else_stops_the_start() -> None:
    assert "SECURITY_CONTACT must be" in start({"SECURITY_CONTACT": "http://x\nA: b"})
