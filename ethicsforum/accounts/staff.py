"""Who works in the admin owns a second factor (where STAFF_SECOND_FACTOR is on)."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from ethicsforum.accounts.models import User

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
GOING_TO = "going_to"
"""Where the person was going; kept in the session until the admin opens."""


class SecondFactorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not (settings.STAFF_SECOND_FACTOR and _works_in_admin(request)):
            return None
        if is_mfa_enabled(request.user, FACTORS):
            request.session.pop(GOING_TO, None)
            return None
        return _to_second_factor(request)


def _works_in_admin(request: HttpRequest) -> bool:
    match = request.resolver_match
    is_admin = match is not None and "admin" in match.app_names
    return is_admin and isinstance(request.user, User) and request.user.is_staff


def _to_second_factor(request: HttpRequest) -> HttpResponse:
    asks = request.method == "GET"
    there = request.get_full_path() if asks else reverse("admin:index")
    request.session[GOING_TO] = there
    messages.info(
        request,
        _("Who moderates here needs a second factor. Add one, and the desk opens."),
    )
    return redirect(f"{reverse('mfa_index')}?{urlencode({'next': there})}")
