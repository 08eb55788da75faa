"""What somebody does before they come to a page of their account."""

import re

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.conf import settings
from django.core import mail
from django.test import Client, RequestFactory

from ethicsforum.accounts.models import User
from tests import cast
from tests.passkeys import passkey_of


def sign_up(client: Client) -> None:
    fields = {"email": "new@example.org", "username": "New", "password1": "a b c d e f"}
    client.post("/accounts/signup/", fields)


def forget_password(client: Client) -> None:
    client.post("/accounts/password/reset/", {"email": cast.ann().email})


def prove(client: Client) -> None:
    forget_password(client)
    client.post("/accounts/password/reset/confirm/", {"code": code_of_last_mail()})


def code_of_last_mail() -> str:
    body = str(mail.outbox[-1].body)
    code = re.search(r"^\s*([A-Z0-9]{4}-[A-Z0-9]{4})\s*$", body, re.MULTILINE)
    assert code, body
    return code.group(1)


def reset_password(client: Client) -> None:
    prove(client)
    words = "another phrase of my own"
    fields = {"password1": words, "password2": words}
    client.post("/accounts/password/reset/complete/", fields)


def add_address(client: Client) -> None:
    fields = {"email": "second@example.net", "action_add": ""}
    client.post("/accounts/email/", fields)


def without_password(client: Client) -> None:
    user = cast.ann()
    user.set_unusable_password()
    user.save()
    client.force_login(user)


def just_signed_in(client: Client) -> None:
    """With the password, a moment ago: nothing asks who it is."""
    client.logout()
    sent = {"login": cast.ann().email, "password": cast.PASSWORD}
    client.post("/accounts/login/", sent)
    client.post("/accounts/reauthenticate/", {"password": cast.PASSWORD})


def with_passkey(client: Client) -> dict[str, int]:
    just_signed_in(client)
    return {"passkey": passkey_of(cast.ann())[1].pk}


def with_app(client: Client) -> None:
    with_passkey(client)
    TOTP.activate(cast.ann(), "A" * 32)
    RecoveryCodes.activate(cast.ann())


def half_way(client: Client) -> None:
    """The password was right, the second factor is asked for."""
    passkey_of(cast.ann())
    sent = {"login": cast.ann().email, "password": cast.PASSWORD}
    client.post("/accounts/login/", sent)


def ask_for_code(client: Client) -> None:
    client.post("/accounts/login/code/", {"email": cast.ann().email})


def join_with_passkey(client: Client) -> None:
    fields = {"email": "new@example.org", "username": "New"}
    client.post("/accounts/signup/passkey/", fields)
    client.post("/accounts/confirm-email/", {"code": code_of_last_mail()})


def come_from_provider(client: Client) -> None:
    """For the first time: a name is asked for."""
    account = SocialAccount(provider="oidc", uid="1")
    provider = get_adapter().get_provider(RequestFactory().get("/"), "oidc")
    login = SocialLogin(User(email="new@example.org"), account, provider=provider)
    session = client.session
    session["socialaccount_sociallogin"] = login.serialize()
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)


def connect(client: Client) -> None:
    told = {"email": "ann@example.net"}
    SocialAccount.objects.create(
        user=cast.ann(), provider="oidc", uid="1", extra_data=told
    )
