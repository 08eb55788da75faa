"""One's account at a glance, and the way back from joining."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import get_adapter
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from ethicsforum.accounts import joining


@require_safe
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    shown = {
        **_second_factor(request.user.pk),
        "providers": get_adapter().list_providers(request),
    }
    return render(request, "account/overview.html", shown)


def _second_factor(user_id: int | None) -> dict[str, Any]:
    kept = Authenticator.objects.filter(user=user_id).order_by()
    types = list(kept.values_list("type", flat=True))
    return {
        "passkeys": types.count(Authenticator.Type.WEBAUTHN),
        "has_app": Authenticator.Type.TOTP in types,
        "needs_codes": bool(types) and Authenticator.Type.RECOVERY_CODES not in types,
    }


@require_POST
def cancel_sign_up(request: HttpRequest) -> HttpResponse:
    joining.take_back(request)
    return redirect("account_signup")
