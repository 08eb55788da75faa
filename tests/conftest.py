"""What every test stands on: its own folder, quick hashing, and the cast."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

# Before Django reads its settings: tests never touch the checkout's own data.
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="ethicsforum-tests-"))
for name in ("DJANGO_DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "REDIS_URL"):
    os.environ.pop(name, None)

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from django.test.utils import override_settings

from comments.models import guard
from ethicsforum.accounts.models import User
from tests import cast

STATIC_ROOT = Path(os.environ["DATA_DIR"]) / "no-static-files"
STATIC_ROOT.mkdir(exist_ok=True)

FAST_AND_LOCAL = {
    "STATIC_ROOT": str(STATIC_ROOT),
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    "STORAGES": {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        },
    },
    "CACHES": {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
}


@pytest.fixture(scope="session", autouse=True)
def fast_and_local() -> Iterator[None]:
    with override_settings(**FAST_AND_LOCAL):
        yield


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    cache.clear()


def _teardown_with_guard_lifted(self: TransactionTestCase) -> None:
    # Emptying the tables between tests is what the guard on decisions refuses.
    with guard.lifted(connection):
        _teardown(self)


_teardown = TransactionTestCase._fixture_teardown
TransactionTestCase._fixture_teardown = _teardown_with_guard_lifted


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
