"""What an operator asks after a bad night: who got in, who was kept out. Named events.

People are numbers here; the admin knows their names as long as they have an account.
"""

import hashlib
from http import HTTPStatus
from typing import Any

import structlog
from allauth.account import signals as account
from django.apps import apps
from django.contrib.auth import signals as auth
from django.db.models import signals
from django.dispatch import Signal
from django.http import HttpRequest, HttpResponse

from ethicsforum.cache import quick

log = structlog.get_logger("ethicsforum.security")

REFUSALS: dict[int, str] = {
    HTTPStatus.FORBIDDEN: "permission_refused",
    HTTPStatus.TOO_MANY_REQUESTS: "rate_limited",
}
A_DAY = 86_400


def route(request: HttpRequest) -> str:
    """The pattern of the address; never the address, which may hold a secret."""
    found = getattr(request, "resolver_match", None)
    return f"/{found.route}" if found else "none"


def who(request: HttpRequest) -> int | None:
    """The member's number, if somebody asked for it: nobody is looked up for a line."""
    pk: int | None = getattr(getattr(request, "_cached_user", None), "pk", None)
    return pk


# --- What an answer tells -------------------------------------------------


def of_answer(request: HttpRequest, response: HttpResponse) -> None:
    event = REFUSALS.get(response.status_code)
    if event:
        log.warning(event, route=route(request), user=who(request))
    elif response.status_code == HTTPStatus.OK and _in_admin(request):
        _opened(request)


def _in_admin(request: HttpRequest) -> bool:
    found = getattr(request, "resolver_match", None)
    return bool(found and "admin" in found.app_names and who(request))


def _opened(request: HttpRequest) -> None:
    """Once for each session and day."""
    key = str(request.session.session_key).encode()
    if quick.add(f"admin-opened:{hashlib.sha256(key).hexdigest()}", 1, A_DAY):
        log.info("admin_opened", user=who(request))


# --- What signals tell ----------------------------------------------------


def _on(signal: Signal, event: str) -> None:
    def tell(sender: Any, user: Any = None, **told: Any) -> None:
        log.info(event, user=getattr(user, "pk", None), **_kind(told))

    signal.connect(tell, weak=False, dispatch_uid=f"security-{event}")


def _kind(told: dict[str, Any]) -> dict[str, Any]:
    """Of a second factor, which one."""
    factor = getattr(told.get("authenticator"), "type", None)
    return {"factor": str(factor)} if factor else {}


def connect() -> None:
    _on(auth.user_logged_in, "login")
    _on(auth.user_logged_out, "logout")
    _on(auth.user_login_failed, "login_failed")
    _on(account.user_signed_up, "signed_up")
    _on(account.password_changed, "password_changed")
    _on(account.password_set, "password_set")
    _on(account.password_reset, "password_reset")
    _on(account.email_added, "email_added")
    _on(account.email_changed, "email_changed")
    _on(account.email_removed, "email_removed")
    if apps.is_installed("allauth.mfa"):
        _factors()
    if apps.is_installed("allauth.usersessions"):
        signals.post_delete.connect(_session_ended, sender="usersessions.UserSession")


def _factors() -> None:
    from allauth.mfa import signals as mfa

    _on(mfa.authenticator_added, "factor_added")
    _on(mfa.authenticator_removed, "factor_removed")
    _on(mfa.authenticator_reset, "factor_reset")
    _on(mfa.authentication_failed, "factor_failed")


def _session_ended(sender: Any, instance: Any, **kwargs: Any) -> None:
    log.info("session_ended", user=instance.user_id)
