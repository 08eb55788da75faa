"""The sessions of one person: seen, and ended by them or by an admin."""

from http import HTTPStatus
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from ethicsforum.accounts.models import User
from tests import cast

pytestmark = pytest.mark.django_db
SESSIONS = "/accounts/sessions/"


def signed_in(user: User) -> Client:
    client = Client()
    fields = {"login": user.email, "password": cast.PASSWORD}
    client.post("/accounts/login/", fields)
    assert is_in(client)
    return client


def is_in(client: Client) -> bool:
    return client.get("/notices/").status_code == HTTPStatus.OK


def save_as_admin(user: User, **changed: str) -> None:
    admin = Client()
    admin.force_login(cast.root())
    fields = {"email": user.email, "username": user.username, **changed}
    address = f"/admin/accounts/user/{user.pk}/change/"
    assert admin.post(address, fields).status_code == HTTPStatus.FOUND


def test_the_list_tells_which_is_which(ben: User) -> None:
    client = signed_in(ben)
    agent = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
    fields = {"login": ben.email, "password": cast.PASSWORD}
    Client(headers={"user-agent": agent}).post("/accounts/login/", fields)
    page = client.get(SESSIONS).content.decode()
    assert "Firefox on Windows" in page
    assert page.count("this one") == 1


def test_others_are_signed_out_and_this_one_stays(ben: User) -> None:
    here, there = signed_in(ben), signed_in(ben)
    here.post(SESSIONS)
    assert is_in(here)
    assert not is_in(there)


def test_who_is_deactivated_is_out_at_once_and_for_good(ben: User) -> None:
    client = signed_in(ben)
    save_as_admin(ben)  # without the tick at "may sign in"
    assert not is_in(client)
    assert not UserSession.objects.filter(user=ben).exists()
    save_as_admin(ben, is_active="on")
    assert not is_in(client)


@pytest.mark.parametrize("right", ["is_staff", "is_superuser"])
def test_who_is_demoted_signs_in_anew(right: str) -> None:
    root = cast.root()
    client = signed_in(root)
    User.objects.filter(pk=root.pk).update(**{right: False})
    assert not is_in(client)


def test_a_page_that_is_read_writes_nothing(ben: User) -> None:
    client = signed_in(ben)
    seen = UserSession.objects.get(user=ben).last_seen_at
    client.get("/notices/")
    assert UserSession.objects.get(user=ben).last_seen_at == seen


def test_signing_out_ends_the_session_itself(ben: User, client: Any) -> None:
    client = signed_in(ben)
    key = client.session.session_key
    client.post("/accounts/logout/")
    assert not Session.objects.filter(session_key=key).exists()
