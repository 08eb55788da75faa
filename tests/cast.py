"""The people of the tests. Each exists once per test, made when first asked for."""

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from comments.setup import EDITORS, MODERATORS
from ethicsforum.accounts.models import User

PASSWORD = "correct horse battery"


def member(name: str, **fields: Any) -> User:
    email = f"{name.lower()}@example.org"
    found = User.objects.filter(email=email).first()
    if found:
        return found
    user = User.objects.create_user(email, name, PASSWORD, **fields)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def ann() -> User:
    """Has had enough comments accepted to need no human first."""
    from tests import build

    user = member("Ann")
    if not user.comment_set.exists():
        for number in range(3):
            build.published(author=user, body=f"An earlier thought, number {number}.")
    return user


def ben() -> User:
    """New here."""
    return member("Ben")


def cleo() -> User:
    """A bystander."""
    return member("Cleo")


def mia() -> User:
    return _staff("Mia", MODERATORS)


def max_() -> User:
    return _staff("Max", MODERATORS)


def eda() -> User:
    return _staff("Eda", EDITORS)


def root() -> User:
    return member("Root", is_staff=True, is_superuser=True)


def _staff(name: str, group: str) -> User:
    user = member(name, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user
