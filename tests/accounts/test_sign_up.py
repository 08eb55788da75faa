"""Joining, with the mailed code."""

import re
from http import HTTPStatus
from typing import Any

import pytest
from allauth.account.adapter import DefaultAccountAdapter
from django.core import mail
from django.db import IntegrityError
from django.test import Client

from ethicsforum.accounts.models import User
from tests import build, cast

pytestmark = pytest.mark.django_db
NEW = {"email": "dora@example.org", "username": "Dora", "password1": cast.PASSWORD}


def code_in_the_mail() -> str:
    body = str(mail.outbox[-1].body)
    found = re.search(r"^\s*([A-Z0-9]{4}-?[A-Z0-9]{4}|\d{6})\s*$", body, re.MULTILINE)
    assert found, body
    return found.group(1)


def sign_up(client: Client, **fields: str) -> Any:
    return client.post("/accounts/signup/", {**NEW, **fields})


def test_from_the_form_to_the_first_comment(client: Client) -> None:
    build.article()
    response = sign_up(client)
    assert response.status_code == HTTPStatus.FOUND
    address = response.headers["Location"]
    assert client.get(address).status_code == HTTPStatus.OK
    response = client.post(address, {"code": code_in_the_mail()})
    assert response.status_code == HTTPStatus.FOUND
    dora = User.objects.get(email="dora@example.org")
    assert dora.has_verified_email
    response = client.post("/articles/triage/comments/", {"body": "Hello."})
    assert response.headers["Location"].startswith("/comments/")


def test_without_the_code_nobody_is_signed_in(client: Client) -> None:
    sign_up(client)
    response = client.get("/notices/")
    assert response.headers["Location"].startswith("/accounts/login/")


def test_a_wrong_code_is_refused(client: Client) -> None:
    address = sign_up(client).headers["Location"]
    response = client.post(address, {"code": "XXXX-XXXX"})
    assert response.status_code == HTTPStatus.OK
    assert "not the code of our last mail" in response.content.decode()
    assert not User.objects.filter(emailaddress__verified=True).exists()


@pytest.mark.parametrize(
    "name",
    [
        "a",
        "",
        "two  spaces",
        "<b>",
        "a@b",
        "Moderator",
        "ADMIN",
        "m o d",
        "x" * 41,
        " ",
        "-dash",
        "\u202egnp",
    ],
)
def test_names_that_are_refused(client: Client, name: str) -> None:
    response = sign_up(client, username=name)
    assert response.status_code == HTTPStatus.OK
    assert not User.objects.filter(email="dora@example.org").exists()
    assert "dora@example.org" in response.content.decode()


@pytest.mark.parametrize("name", ["Dora", "Zoë M.", "李明", "Jean-Luc", "O'Neil", "x2"])
def test_names_that_are_welcome(client: Client, name: str) -> None:
    sign_up(client, username=name)
    assert User.objects.get(email="dora@example.org").username == name


@pytest.mark.parametrize(
    "name", ["ann", "ANN", "A.n.n", "\uff21nn", "\u0410nn", "A\u0578n"]
)
def test_a_name_that_looks_like_another_is_taken(client: Client, name: str) -> None:
    cast.member("Ann")
    html = sign_up(client, username=name).content.decode()
    assert "Somebody already has this name" in html


def test_an_address_that_is_taken_looks_like_a_new_one(client: Client) -> None:
    fresh = sign_up(client)
    cast.member("Ann")
    other = Client()
    taken = sign_up(other, email="ann@example.org", username="Annika")
    assert taken.status_code == fresh.status_code
    assert taken.headers["Location"] == fresh.headers["Location"]
    assert User.objects.filter(email="ann@example.org").count() == 1


@pytest.mark.parametrize("password", ["short", "12345678", "password1", "dora@example"])
def test_weak_passwords_are_refused(client: Client, password: str) -> None:
    sign_up(client, password1=password)
    assert not User.objects.filter(email="dora@example.org").exists()


def test_sign_in_by_mail_address_in_any_case(client: Client, ben: User) -> None:
    fields = {"login": "BEN@example.org", "password": cast.PASSWORD}
    response = client.post("/accounts/login/", fields)
    assert response.status_code == HTTPStatus.FOUND
    assert client.get("/notices/").status_code == HTTPStatus.OK


def test_many_wrong_passwords_lock_the_door(client: Client, ben: User) -> None:
    wrong = {"login": ben.email, "password": "not it at all"}
    for _ in range(10):
        client.post("/accounts/login/", wrong)
    right = {"login": ben.email, "password": cast.PASSWORD}
    client.post("/accounts/login/", right)
    assert client.get("/notices/").status_code == HTTPStatus.FOUND


@pytest.mark.parametrize(
    "evil",
    ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:1"],
)
def test_next_never_leads_away(client: Client, ben: User, evil: str) -> None:
    fields = {"login": ben.email, "password": cast.PASSWORD, "next": evil}
    response = client.post("/accounts/login/", fields)
    assert "evil" not in response.headers["Location"]
    assert "javascript" not in response.headers["Location"]


def test_a_password_is_reset_by_a_mailed_code(client: Client, ben: User) -> None:
    response = client.post("/accounts/password/reset/", {"email": ben.email})
    address = response.headers["Location"]
    response = client.post(address, {"code": code_in_the_mail()}, follow=True)
    last = response.redirect_chain[-1][0]
    new = {"password1": "another good phrase", "password2": "another good phrase"}
    client.post(last, new)
    ben.refresh_from_db()
    assert ben.check_password("another good phrase")


def test_signing_out_ends_the_session(client: Client, ben: User) -> None:
    client.force_login(ben)
    client.post("/accounts/logout/")
    assert client.get("/notices/").status_code == HTTPStatus.FOUND


def test_the_admins_door_is_the_sites_own(client: Client) -> None:
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain[-1][0].startswith("/accounts/login/")


@pytest.mark.parametrize(
    "page", ["login", "signup", "password/reset", "confirm-email", "inactive"]
)
def test_account_pages_are_the_sites_own(client: Client, page: str) -> None:
    if page == "confirm-email":
        sign_up(client)
    response = client.get(f"/accounts/{page}/")
    html = response.content.decode()
    assert response.status_code == HTTPStatus.OK
    assert 'class="site-name"' in html
    assert "style=" not in html
    assert "<script>" not in html


@pytest.mark.parametrize(
    "page", ["email", "password/change", "logout", "reauthenticate"]
)
def test_members_account_pages_are_the_sites_own(
    client: Client, ben: User, page: str
) -> None:
    fields = {"login": ben.email, "password": cast.PASSWORD}
    client.post("/accounts/login/", fields)
    response = client.get(f"/accounts/{page}/")
    html = response.content.decode()
    assert response.status_code == HTTPStatus.OK
    assert 'class="site-name"' in html
    assert "style=" not in html


def test_a_form_sent_twice_at_once_is_no_error(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_late(*args: Any, **kwargs: Any) -> None:
        raise IntegrityError

    monkeypatch.setattr(DefaultAccountAdapter, "save_user", too_late)
    response = sign_up(client)
    assert response.status_code == HTTPStatus.FOUND
    assert response.headers["Location"] == "/accounts/login/"
    assert "sent twice" in client.get("/accounts/login/").content.decode()


def test_who_begins_anew_finds_the_name_free(client: Client) -> None:
    sign_up(client, email="mistyped@example.org")
    response = client.post("/accounts/signup/cancel/")
    assert response.headers["Location"] == "/accounts/signup/"
    sign_up(client)
    assert User.objects.get(username="Dora").email == "dora@example.org"


def test_nobody_who_has_joined_is_forgotten_so(client: Client, ben: User) -> None:
    sign_up(client, email=ben.email, username="Benno")
    client.post("/accounts/signup/cancel/")
    client.force_login(ben)
    client.post("/accounts/signup/cancel/")
    assert User.objects.filter(pk=ben.pk).exists()
