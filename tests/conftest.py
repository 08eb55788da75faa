"""What every test stands on: an empty cache and the cast."""

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, transaction
from django.test import TransactionTestCase

from comments.models import guard
from ethicsforum import dispatch
from ethicsforum.accounts.models import User
from tests import caches, cast

if TYPE_CHECKING:
    from tests.pages import Rendered


@pytest.fixture(autouse=True)
def fresh_start() -> None:
    """No cached page and no memory of a broker that was away."""
    caches.forget()
    dispatch._rest["until"] = 0.0


def _teardown_with_guard_lifted(self: TransactionTestCase) -> None:
    # Emptying the tables between tests is what the guard on decisions refuses.
    with guard.lifted(connection):
        _teardown(self)


_teardown = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]  # Django's own, not in its stubs
TransactionTestCase._fixture_teardown = _teardown_with_guard_lifted  # type: ignore[attr-defined]  # as above


@pytest.fixture
def ann(db: None) -> User:
    """A member whose comments need no human first."""
    return cast.ann()


@pytest.fixture
def ben(db: None) -> User:
    """A new member."""
    return cast.ben()


@pytest.fixture
def mia(db: None) -> User:
    """A moderator."""
    return cast.mia()


@pytest.fixture
def max_(db: None) -> User:
    """Another moderator."""
    return cast.max_()


@pytest.fixture
def eda(db: None) -> User:
    """An editor."""
    return cast.eda()


@pytest.fixture
def root(db: None) -> User:
    """An admin."""
    return cast.root()


@pytest.fixture(scope="session")
def rendered(django_db_setup: None, django_db_blocker: Any) -> "Rendered":
    """Every page of the table, as a browser gets it; the database stays empty.

    Its tests carry the mark `django_db`, or pytest-django makes no tables."""
    from tests.pages import render_all

    with django_db_blocker.unblock(), transaction.atomic():
        shown = render_all()
        transaction.set_rollback(True)
    return shown
