"""Signing in with an account elsewhere."""

from http import HTTPStatus

import pytest
from django.test import Client

from tests import production

pytestmark = pytest.mark.django_db
LOGINS = [f"/accounts/{which}/login/" for which in ("google", "github")]


@pytest.mark.parametrize("address", LOGINS)
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT"])
def test_nothing_but_a_button_begins_it(address: str, method: str) -> None:
    response = Client().generic(method, address)
    asks = HTTPStatus.OK if method == "GET" else HTTPStatus.METHOD_NOT_ALLOWED
    assert response.status_code == asks
    assert "sessionid" not in response.cookies


@pytest.mark.parametrize("address", LOGINS)
def test_a_button_needs_its_token(address: str) -> None:
    response = Client(enforce_csrf_checks=True).post(address)
    assert response.status_code == HTTPStatus.FORBIDDEN


def test_a_provider_that_is_away_is_said_so(client: Client) -> None:
    response = client.post("/accounts/oidc/oidc/login/")
    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert "That did not work" in response.content.decode()


def test_without_settings_there_is_none() -> None:
    names = ("PROVIDER_APPS", "PROVIDER_ORIGINS", "SOCIALACCOUNT_PROVIDERS")
    assert not any(production.settings(*names).values())


def test_an_id_and_a_secret_are_enough() -> None:
    given = {"GITHUB_CLIENT_ID": "a", "GITHUB_CLIENT_SECRET": "b"}
    found = production.settings("PROVIDER_APPS", "PROVIDER_ORIGINS", **given)
    assert found == {
        "PROVIDER_APPS": ["allauth.socialaccount.providers.github"],
        "PROVIDER_ORIGINS": ["https://github.com"],
    }


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"GOOGLE_CLIENT_ID": "a"}, "GOOGLE_CLIENT_SECRET"),
        ({"GITHUB_CLIENT_SECRET": "b"}, "GITHUB_CLIENT_ID"),
        ({"OIDC_CLIENT_ID": "a", "OIDC_CLIENT_SECRET": "b"}, "OIDC_URL"),
    ],
)
def test_half_of_it_stops_the_start(given: dict[str, str], missing: str) -> None:
    stopped = production.run("manage.py", "check", **given)
    assert stopped.returncode != 0
    assert f"{missing} is missing" in stopped.stderr
