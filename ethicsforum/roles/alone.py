"""One at a time, on however many hosts: a lock that ends with whoever holds it."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

KEY = 7_351_446_201
"""Of the advisory lock; any number that nobody else uses."""
PATIENCE = 900.0
PAUSE = 1.0

Try = Callable[[], bool]


class Busy(Exception):
    """Another release takes longer than anybody waits."""


@contextmanager
def alone(say: Callable[[str], None]) -> Iterator[None]:
    by = _by_database if connection.vendor == "postgresql" else _by_file
    with by() as take:
        _await(take, say)
        yield


@contextmanager
def _by_database() -> Iterator[Try]:
    """A session of its own: the lock ends with it, whatever the other one does."""
    session = connection.copy()

    def take() -> bool:
        with session.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [KEY])
            return bool(cursor.fetchone()[0])

    try:
        yield take
    finally:
        session.close()


@contextmanager
def _by_file() -> Iterator[Try]:
    file = os.open(settings.DATA_DIR / "release.lock", os.O_RDWR | os.O_CREAT, 0o600)

    def take() -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    try:
        yield take
    finally:
        os.close(file)


def _await(take: Try, say: Callable[[str], None]) -> None:
    give_up_at = time.monotonic() + PATIENCE
    said = False
    while not take():
        if not said:
            say("another release is under way; waiting for it")
            said = True
        if time.monotonic() > give_up_at:
            raise Busy(
                f"another one has been under way for {PATIENCE / 60:.0f} minutes."
            )
        time.sleep(PAUSE)
