from typing import Any

from allauth.account.forms import SignupForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    EditWebAuthnForm,
    SignupWebAuthnForm,
)
from django import forms
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ethicsforum.accounts.models import User


class NewMemberForm(AdminUserCreationForm[User]):
    """The admin's form for a new member; they sign in by e-mail."""

    class Meta:
        model = User
        fields = ["email", "username"]


class SignUpForm(SignupForm):  # type: ignore[misc]  # allauth has no types
    def try_save(self, request: HttpRequest) -> Any:
        """An address that is taken costs as long as a new one, whose password is
        hashed: a clock doesn't tell who has an account."""
        if self.account_already_exists and not self.by_passkey:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)


def _name_field() -> forms.CharField:
    return forms.CharField(
        label=_("Name"),
        max_length=60,
        required=False,
        help_text=_("So that you can tell your passkeys apart."),
    )


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # as above
    name = _name_field()
    passwordless = forms.BooleanField(
        label=_("It signs me in by itself, without a password"),
        required=False,
        initial=True,
        help_text=_("Take the tick away for a key that only stands beside a password."),
    )


class SignUpPasskeyForm(SignupWebAuthnForm):  # type: ignore[misc]  # as above
    name = _name_field()


class RenamePasskeyForm(EditWebAuthnForm):  # type: ignore[misc]  # as above
    name = forms.CharField(label=_("Name"), max_length=60)
