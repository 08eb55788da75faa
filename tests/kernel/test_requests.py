"""Requests that say or carry what can't be read, and a database that is away."""

from http import HTTPStatus
from typing import Any

import pytest
from django.db import DataError, OperationalError
from django.test import Client

from comments.views import writing
from ethicsforum.accounts.models import User
from tests import build, cast

pytestmark = pytest.mark.django_db
HERE = "/articles/triage/comments/"


@pytest.mark.parametrize("charset", ["latin-1", "utf-7", "utf-16", "no-such-charset"])
@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/signup/", HERE])
def test_another_charset_is_no_crash(
    client: Client, ben: User, charset: str, address: str
) -> None:
    build.article()
    client.force_login(ben)
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    response = client.generic("POST", address, b"body=caf\xe9", kind)
    assert response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
    assert "Content-Security-Policy" in response.headers


def test_a_text_in_another_charset_is_answered_beside_the_field(
    client: Client, ben: User
) -> None:
    build.article()
    client.force_login(ben)
    kind = "application/x-www-form-urlencoded; charset=latin-1"
    response = client.generic("POST", HERE, b"body=caf\xe9", kind)
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "did not arrive" in response.content.decode()


@pytest.mark.parametrize("error", [OverflowError, DataError])
def test_what_no_column_holds_is_a_bad_request(
    client: Client, ben: User, error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    _fail_posting(monkeypatch, error)
    client.force_login(ben)
    response = client.post(HERE, {"body": "x"})
    assert response.status_code == HTTPStatus.BAD_REQUEST


def test_the_admin_is_asked_by_a_field_without_a_name(client: Client) -> None:
    user = cast.root()
    client.force_login(user)
    address = f"/admin/accounts/user/{user.pk}/change/"
    assert client.get(address).status_code == HTTPStatus.OK
    for ask in (client.get, client.post):
        response = ask(address, {"_to_field": ""})
        assert response.status_code == HTTPStatus.BAD_REQUEST


def test_a_database_that_is_away_gives_the_text_back(
    client: Client, ben: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fail_posting(monkeypatch, OperationalError)
    client.force_login(ben)
    response = client.post(HERE, {"body": "Written with <care>."})
    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert response.headers["Retry-After"] == "30"
    assert "Written with &lt;care&gt;." in response.content.decode()


def _fail_posting(patch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise error

    build.article()
    patch.setattr(writing, "post_comment", fail)


def test_a_members_pages_stay_out_of_shared_caches(client: Client, ben: User) -> None:
    build.article()
    client.force_login(ben)
    page = client.get("/articles/triage/")
    assert page.headers["Cache-Control"] == "private, no-cache"
    assert "no-store" in client.get("/notices/").headers["Cache-Control"]
    others = Client().get("/articles/triage/")
    assert others.headers["Cache-Control"] == "public, no-cache"
