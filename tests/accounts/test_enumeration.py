"""Nobody learns who has an account: known and unknown look alike, and cost alike."""

import re
from http import HTTPStatus
from typing import Any, ClassVar

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client

from ethicsforum.accounts.models import User
from tests import cast

pytestmark = pytest.mark.django_db
UNKNOWN = "nobody@example.org"


class CountingHasher(MD5PasswordHasher):
    hashed: ClassVar[list[str]] = []

    def encode(self, password: str, salt: str) -> str:
        self.hashed.append(password)
        return super().encode(password, salt)


@pytest.fixture(autouse=True)
def counted(settings: Any) -> list[str]:
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    CountingHasher.hashed.clear()
    return CountingHasher.hashed


def answer(path: str, fields: dict[str, str]) -> tuple[Any, ...]:
    """All that is seen outside: status, where it leads, what the page there says,
    how often a password was hashed, how many mails went."""
    CountingHasher.hashed.clear()
    mail.outbox.clear()
    client = Client()
    response = client.post(path, fields)
    address = response.headers.get("Location", "")
    page = client.get(address).content if address else response.content
    # Whether its mail held a code or not, a wrong code is answered alike.
    after = client.post(address, {"code": "XXXX-XXXX"}).content if address else b""
    plain = [_without(text, *fields.values()) for text in (page, after)]
    return response.status_code, address, *plain, _hashes(), len(mail.outbox)


def _hashes() -> int:
    return len(CountingHasher.hashed)


def _without(page: bytes, *typed: str) -> str:
    """The page without what was typed, and without its token."""
    text = page.decode()
    for word in typed:
        text = text.replace(word, "…")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)


def test_signing_in(ben: User) -> None:
    path, wrong = "/accounts/login/", "not it at all"
    known = answer(path, {"login": ben.email, "password": wrong})
    unknown = answer(path, {"login": UNKNOWN, "password": wrong})
    assert known == unknown
    assert known[-2:] == (1, 0)


def test_signing_in_to_an_account_that_is_closed(ben: User) -> None:
    User.objects.filter(pk=ben.pk).update(is_active=False)
    path, wrong = "/accounts/login/", "not it at all"
    closed = answer(path, {"login": ben.email, "password": wrong})
    assert closed == answer(path, {"login": UNKNOWN, "password": wrong})


def test_joining(ben: User) -> None:
    path = "/accounts/signup/"
    fields = {"password1": cast.PASSWORD}
    known = answer(path, {"email": ben.email, "username": "Benno", **fields})
    unknown = answer(path, {"email": UNKNOWN, "username": "Nora", **fields})
    assert known == unknown
    assert known[-2:] == (1, 1)


def test_joining_with_a_passkey(ben: User) -> None:
    path = "/accounts/signup/passkey/"
    known = answer(path, {"email": ben.email, "username": "Benno"})
    unknown = answer(path, {"email": UNKNOWN, "username": "Nora"})
    assert known == unknown
    assert known[-1] == 1


@pytest.mark.parametrize("path", ["/accounts/password/reset/", "/accounts/login/code/"])
def test_asking_for_a_code(ben: User, path: str) -> None:
    known = answer(path, {"email": ben.email})
    unknown = answer(path, {"email": UNKNOWN})
    assert known == unknown
    assert known[-1] == 1


def test_adding_the_address_of_somebody_else(ben: User) -> None:
    cleo = cast.cleo()
    client = Client()
    client.force_login(ben)
    client.post("/accounts/reauthenticate/", {"password": cast.PASSWORD})
    said = []
    for address in (cleo.email, UNKNOWN):
        fields = {"email": address, "action_add": ""}
        response = client.post("/accounts/email/", fields)
        assert response.status_code == HTTPStatus.FOUND
        said.append((response.headers["Location"], len(mail.outbox)))
        mail.outbox.clear()
    assert said[0] == said[1]
