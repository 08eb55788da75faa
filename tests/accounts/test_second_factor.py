"""Passkeys, codes from an app and recovery codes, added and used."""

import json
from http import HTTPStatus
from typing import Any

import pytest
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.test import Client

from ethicsforum.accounts.models import User
from tests import cast
from tests.passkeys import Passkey, passkey_of

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
AUTHENTICATE = "/accounts/2fa/authenticate/"
ADD = "/accounts/2fa/webauthn/add/"


def sign_in(client: Client, user: User) -> Any:
    fields = {"login": user.email, "password": cast.PASSWORD}
    return client.post(LOGIN, fields)


def prove(client: Client) -> None:
    client.post("/accounts/reauthenticate/", {"password": cast.PASSWORD})


def is_in(client: Client) -> bool:
    return client.get("/notices/").status_code == HTTPStatus.OK


def code_now(secret: str) -> str:
    _last, now, _next = yield_hotp_counters_from_time()
    return str(format_hotp_value(hotp_value(secret, now)))


def set_up_app(client: Client, user: User) -> str:
    """Answers with the secret that the app keeps."""
    sign_in(client, user)
    prove(client)
    page = client.get("/accounts/2fa/totp/activate/")
    secret = str(page.context["form"].secret)
    sent_code = {"code": code_now(secret)}
    response = client.post("/accounts/2fa/totp/activate/", sent_code)
    assert response.status_code == HTTPStatus.FOUND, response.context["form"].errors
    return secret


def challenge(client: Client, address: str) -> str:
    """What the page wants signed."""
    data = client.get(address).context["js_data"]
    options = data.get("creation_options") or data["request_options"]
    return str(options["publicKey"]["challenge"])


def login_challenge(client: Client) -> str:
    headers = {"Accept": "application/json"}
    answer = client.get("/accounts/2fa/webauthn/login/", headers=headers).json()
    return str(answer["request_options"]["publicKey"]["challenge"])


def sent(credential: Any) -> dict[str, str]:
    return {"credential": json.dumps(credential)}


def use(client: Client, passkey: Passkey, owner: User) -> Any:
    handle = user_pk_to_url_str(owner)
    credential = passkey.use(login_challenge(client), handle)
    return client.post("/accounts/2fa/webauthn/login/", sent(credential))


def test_an_app_is_set_up_and_its_code_asked_for(client: Client, ben: User) -> None:
    secret = set_up_app(client, ben)
    other = Client()
    assert sign_in(other, ben).headers["Location"] == AUTHENTICATE
    assert not is_in(other)
    other.post(AUTHENTICATE, {"code": "000000"})
    assert not is_in(other)
    other.post(AUTHENTICATE, {"code": code_now(secret)})
    assert is_in(other)


def test_a_recovery_code_works_once(client: Client, ben: User) -> None:
    set_up_app(client, ben)
    page = client.get("/accounts/2fa/recovery-codes/").content.decode()
    code = page.split("<li><code>")[1].split("<")[0]
    for works in (True, False):
        other = Client()
        sign_in(other, ben)
        other.post(AUTHENTICATE, {"code": code})
        assert is_in(other) is works


def test_a_passkey_is_added_and_signs_in_alone(client: Client, ben: User) -> None:
    sign_in(client, ben)
    prove(client)
    passkey = Passkey()
    fields = sent(passkey.register(challenge(client, ADD)))
    response = client.post(ADD, {**fields, "name": "My phone", "passwordless": "on"})
    assert response.headers["Location"] == "/accounts/2fa/recovery-codes/"
    assert "A passkey was added" in mail.outbox[-1].subject
    other = Client()
    use(other, passkey, ben)
    assert is_in(other)


def test_a_passkey_stands_beside_the_password_too(client: Client, ben: User) -> None:
    passkey, _kept = passkey_of(ben)
    assert sign_in(client, ben).headers["Location"] == AUTHENTICATE
    handle = user_pk_to_url_str(ben)
    credential = passkey.use(challenge(client, AUTHENTICATE), handle)
    client.post(AUTHENTICATE, sent(credential))
    assert is_in(client)


def test_a_passkey_without_finger_or_pin_opens_nothing(
    client: Client, ben: User
) -> None:
    passkey, _kept = passkey_of(ben)
    passkey.verifies = False
    use(client, passkey, ben)
    assert not is_in(client)


def test_a_passkey_of_another_site_opens_nothing(client: Client, ben: User) -> None:
    passkey, _kept = passkey_of(ben)
    passkey.host = "evil.example"
    use(client, passkey, ben)
    assert not is_in(client)


def test_nobody_signs_in_as_another_with_their_own_passkey(
    client: Client, ben: User
) -> None:
    passkey, _kept = passkey_of(cast.cleo())
    use(client, passkey, ben)
    assert not is_in(client)


@pytest.mark.parametrize(
    "credential",
    ["", "1", "[]", "{}", '"x"', "null", '{"response": []}', '{"response": {"a": 1}}'],
)
def test_nonsense_in_place_of_a_passkey_is_no_error(
    client: Client, ben: User, credential: str
) -> None:
    login_challenge(client)
    address = "/accounts/2fa/webauthn/login/"
    response = client.post(address, {"credential": credential})
    assert response.headers["Location"] == LOGIN


@pytest.mark.parametrize(
    "what", ["totp/activate", "webauthn/add", "recovery-codes/generate"]
)
def test_who_it_is_is_asked_again_before_a_factor_changes(
    client: Client, ben: User, what: str
) -> None:
    sign_in(client, ben)
    response = client.get(f"/accounts/2fa/{what}/")
    assert response.headers["Location"].startswith("/accounts/reauthenticate/?next=")


def test_a_passkey_of_somebody_else_is_not_there(client: Client, ben: User) -> None:
    _passkey, kept = passkey_of(cast.cleo())
    sign_in(client, ben)
    prove(client)
    for what in ("edit", "remove"):
        address = f"/accounts/2fa/webauthn/keys/{kept.pk}/{what}/"
        assert client.get(address).status_code == HTTPStatus.NOT_FOUND
        response = client.post(address, {"name": "Mine"})
        assert response.status_code == HTTPStatus.NOT_FOUND
    assert Authenticator.objects.filter(pk=kept.pk).exists()


def test_the_admin_shows_no_secret(client: Client, ben: User) -> None:
    set_up_app(Client(), ben)
    client.force_login(cast.root())
    for row in Authenticator.objects.all():
        page = client.get(f"/admin/mfa/authenticator/{row.pk}/change/")
        assert "secret" not in page.content.decode()
        assert "seed" not in page.content.decode()


def test_an_admin_takes_a_lost_factor_away(client: Client, ben: User) -> None:
    _passkey, kept = passkey_of(ben)
    client.force_login(cast.root())
    client.post(f"/admin/mfa/authenticator/{kept.pk}/delete/", {"post": "yes"})
    other = Client()
    sign_in(other, ben)
    assert is_in(other)
