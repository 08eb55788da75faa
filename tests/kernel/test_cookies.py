"""Who gets a cookie, and what the cookie lets others do: nothing."""

from http.cookies import Morsel
from typing import Any

import pytest
from django.test import Client

from ethicsforum.accounts.models import User
from tests import cast, filled, production
from tests.page import STRANGER
from tests.pages import PAGES

pytestmark = pytest.mark.django_db
NAMES = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "MESSAGE_COOKIE_NAME")
WITH_A_FORM = {
    "/accounts/login/": "signing in",
    "/accounts/login/code/": "signing in with a mailed code",
    "/accounts/signup/": "signing up",
    "/accounts/signup/passkey/": "signing up with a passkey",
    "/accounts/google/login/": "signing in with an account elsewhere",
    "/accounts/oidc/oidc/login/": "as above",
    "/accounts/password/reset/": "a password that was forgotten",
    "/moderation/notice/": "anybody may file a notice of illegal content",
}
"""Where a stranger sends a form, which needs a token against forgery."""


def test_readers_get_no_cookie_on_any_page() -> None:
    known = {**filled.fill(), "year": 2020}
    for page in PAGES:
        if page.by == STRANGER and page.post is None and page.before is None:
            cookies = set(Client().get(page.address.format(**known)).cookies)
            wanted = {"csrftoken"} if page.address in WITH_A_FORM else set()
            assert cookies == wanted, page.address


@pytest.fixture
def by_https(settings: Any) -> Any:
    settings.SESSION_COOKIE_NAME = "__Host-sessionid"
    settings.CSRF_COOKIE_NAME = "__Host-csrftoken"
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    return settings


def sign_in(client: Client) -> None:
    fields = {"login": cast.ann().email, "password": cast.PASSWORD}
    client.post("/accounts/login/", fields)


def check(cookie: "Morsel[str]") -> None:
    """What the prefix asks for, or no browser takes the cookie; and what we ask for."""
    assert cookie["secure"]
    assert cookie["path"] == "/"
    assert not cookie["domain"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_the_cookies_of_a_member_stay_with_this_host(
    client: Client, by_https: Any
) -> None:
    client.get("/accounts/login/")
    sign_in(client)
    check(client.cookies["__Host-sessionid"])
    check(client.cookies["__Host-csrftoken"])
    assert {name for name in client.cookies if not name.startswith("__Host-")} <= {
        "messages"  # named when the class is made, from the setting
    }


def test_signing_out_takes_the_session_away(client: Client, by_https: Any) -> None:
    sign_in(client)
    key = client.session.session_key
    client.post("/accounts/logout/")
    gone = client.cookies["__Host-sessionid"]
    assert gone.value == ""
    assert gone["max-age"] == 0
    # Without it a browser keeps a cookie whose name has the prefix.
    assert gone["secure"]
    client.cookies["__Host-sessionid"] = str(key)
    assert client.get("/notices/").status_code == 302


def test_a_session_under_the_name_of_before_opens_nothing(
    client: Client, ann: User, by_https: Any
) -> None:
    client.force_login(ann)
    client.cookies["sessionid"] = client.cookies.pop("__Host-sessionid").value
    assert client.get("/notices/").status_code == 302


def test_an_answer_with_a_cookie_is_one_persons(client: Client) -> None:
    page = client.get("/accounts/login/")
    assert page.cookies
    assert "private" in page.headers["Cache-Control"]


def test_on_a_readers_site_the_names_belong_to_the_host() -> None:
    found = production.settings(*NAMES)
    assert set(found.values()) == {
        "__Host-sessionid",
        "__Host-csrftoken",
        "__Host-messages",
    }
    # The prefix needs https; a browser would refuse the cookie.
    found = production.settings(*NAMES, HTTPS="0")
    assert set(found.values()) == {"sessionid", "csrftoken", "messages"}


def test_on_a_readers_site_every_cookie_is_for_https_alone() -> None:
    flags = production.settings(
        *("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE"),
        *("SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_HTTPONLY"),
    )
    assert all(flags.values())
