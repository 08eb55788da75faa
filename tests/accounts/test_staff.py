"""The admin opens to staff who own a second factor, where the setting is on."""

from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from ethicsforum.accounts.models import User
from tests import cast, production
from tests.passkeys import passkey_of

pytestmark = pytest.mark.django_db
DESK = "/admin/comments/queueitem/?q=x"


@pytest.fixture(autouse=True)
def demanded(settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = True


def test_without_one_they_are_led_to_add_one(client: Client, mia: User) -> None:
    client.force_login(mia)
    response = client.get(DESK)
    address = response.headers["Location"]
    assert address == "/accounts/2fa/?next=%2Fadmin%2Fcomments%2Fqueueitem%2F%3Fq%3Dx"
    assert "needs a second factor" in client.get(address).content.decode()


def test_nothing_is_done_in_the_admin_without_one(client: Client, root: User) -> None:
    client.force_login(root)
    address = f"/admin/accounts/user/{cast.ben().pk}/delete/"
    response = client.post(address, {"post": "yes"})
    assert response.headers["Location"].startswith("/accounts/2fa/")
    assert User.objects.filter(username="Ben").exists()


def test_with_one_the_admin_opens(client: Client, mia: User) -> None:
    passkey_of(mia)
    client.force_login(mia)
    assert client.get(DESK).status_code == HTTPStatus.OK


def test_once_it_is_added_a_button_leads_back(client: Client, mia: User) -> None:
    client.force_login(mia)
    client.get(DESK)
    assert "Go on to the desk" not in client.get("/accounts/2fa/").content.decode()
    passkey_of(mia)
    page = client.get("/accounts/2fa/").content.decode()
    assert 'href="/admin/comments/queueitem/?q=x">Go on to the desk' in page
    client.get(DESK)
    assert "Go on to the desk" not in client.get("/accounts/2fa/").content.decode()


def test_recovery_codes_alone_are_none(client: Client, mia: User) -> None:
    _passkey, kept = passkey_of(mia)
    kept.type = "recovery_codes"
    kept.save()
    client.force_login(mia)
    assert client.get(DESK).status_code == HTTPStatus.FOUND


def test_members_are_refused_as_ever(client: Client, ben: User) -> None:
    client.force_login(ben)
    response = client.get("/admin/login/?next=/admin/")
    assert response.status_code == HTTPStatus.FORBIDDEN


def test_the_rest_of_the_site_is_open_to_them(client: Client, mia: User) -> None:
    client.force_login(mia)
    assert client.get("/notices/").status_code == HTTPStatus.OK


def test_local_mode_asks_for_none(client: Client, mia: User, settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = False
    client.force_login(mia)
    assert client.get(DESK).status_code == HTTPStatus.OK


def test_it_is_on_wherever_readers_are() -> None:
    names = ("STAFF_SECOND_FACTOR", "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN")
    found = production.settings(*names)
    assert found == {
        "STAFF_SECOND_FACTOR": True,
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": False,
    }
