"""What this site asks of django-allauth about accounts elsewhere."""

from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest

from ethicsforum.accounts.models import User

KEPT = ("email", "login", "preferred_username")
"""Of all that a provider tells about a person: what names the connection to them."""


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    def populate_user(
        self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]
    ) -> User:
        user: User = super().populate_user(request, sociallogin, data)
        told = sociallogin.account.extra_data
        told = told.get("userinfo") or told.get("id_token") or told
        kept = {key: told[key] for key in KEPT if told.get(key)}
        sociallogin.account.extra_data = kept
        return user
