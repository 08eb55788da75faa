"""Signing somebody out everywhere."""

from allauth.usersessions.models import UserSession

from ethicsforum.accounts.models import User


def end_sessions(user: User) -> None:
    """For good: let in again, they sign in anew."""
    for session in UserSession.objects.filter(user=user):
        session.end()
