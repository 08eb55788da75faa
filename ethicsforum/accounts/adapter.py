"""What this site asks of django-allauth."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ethicsforum.accounts.models import NAME_TAKEN, User
from ethicsforum.accounts.names import name_key, validate_not_reserved
from ethicsforum.client_address import client_address


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": gettext_lazy(
            "This is not the code of our last mail. An older one no longer works."
        ),
        "too_many_login_attempts": gettext_lazy(
            "Too many attempts to sign in failed. Please try again in five minutes."
        ),
        "rate_limited": gettext_lazy(
            "This came faster than our limits allow. Please try again in a minute."
        ),
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def clean_username(self, username: str, shallow: bool = False) -> str:
        username = username.strip()
        for validate in (*User._meta.get_field("username").validators,):
            validate(username)
        validate_not_reserved(username)
        if not shallow and self._taken(username):
            raise ValidationError(NAME_TAKEN, code="username_taken")
        return username

    def _taken(self, username: str) -> bool:
        return User.objects.filter(username_key=name_key(username)).exists()

    def save_user(
        self, request: HttpRequest, user: User, form: Any, commit: bool = True
    ) -> User:
        """Of one form sent twice at the same moment, the second finds the first."""
        try:
            with transaction.atomic():
                saved: User = super().save_user(request, user, form, commit)
                return saved
        except IntegrityError:
            text = _("It looks as if this was sent twice. Please sign in.")
            messages.info(request, text)
            raise ImmediateHttpResponse(redirect("account_login")) from None
