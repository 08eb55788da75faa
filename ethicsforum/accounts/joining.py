"""Stopping before one has joined."""

from allauth.account.internal.stagekit import clear_login, unstash_login
from allauth.account.models import EmailAddress
from django.http import HttpRequest

from ethicsforum.accounts.models import User


def take_back(request: HttpRequest) -> None:
    """Whoever mistyped their address begins anew, and finds their name free."""
    login = unstash_login(request, peek=True)
    if login and login.signup and login.user:
        _forget(login.user)
    clear_login(request)


def _forget(user: User) -> None:
    confirmed = EmailAddress.objects.filter(user=user, verified=True)
    if user.last_login is None and not confirmed.exists():
        user.delete()
