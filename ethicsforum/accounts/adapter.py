"""What this site asks of django-allauth."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ethicsforum.accounts.models import User
from ethicsforum.accounts.names import name_key, validate_not_reserved


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    def clean_username(self, username: str, shallow: bool = False) -> str:
        username = username.strip()
        for validate in (*User._meta.get_field("username").validators,):
            validate(username)
        validate_not_reserved(username)
        if not shallow and self._taken(username):
            raise ValidationError(
                _("Somebody already has this name, or one that looks like it."),
                code="username_taken",
            )
        return username

    def _taken(self, username: str) -> bool:
        return User.objects.filter(username_key=name_key(username)).exists()

    def generate_unique_username(self, txts: Any, regex: str | None = None) -> str:
        return str(super().generate_unique_username(txts, regex))

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return True
