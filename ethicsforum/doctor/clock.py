"""Claims, pauses and mails compare times that several machines have written."""

import time
from typing import Any

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from redis.exceptions import RedisError

from ethicsforum import health
from ethicsforum.doctor.database import ERRORS, is_missing
from ethicsforum.doctor.finding import Finding, Findings

MOST_APART = 5.0
"""Seconds; the shortest pause that anything rests on is longer."""
NTP = "let NTP set the clocks of all machines"


def examine() -> Findings:
    found = [*_database(), *_redis()]
    yield from found
    if not found:
        yield Finding.ok("No clock differs from this machine's")


def _database() -> Findings:
    if is_missing():
        return
    try:
        if connection.vendor == "postgresql":
            yield from _compared("the database", _database_time())
        yield from _before_the_last_migration()
    except ERRORS:
        return


def _database_time() -> float:
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
        return float(cursor.fetchone()[0])


def _before_the_last_migration() -> Findings:
    """Whose time is this machine's own, as far as SQLite goes."""
    rows = MigrationRecorder(connection).migration_qs.order_by("-applied")
    last = rows.values_list("applied", flat=True).first()
    behind = last.timestamp() - time.time() if last else 0
    if behind > MOST_APART:
        yield Finding.broken(
            f"This machine's clock is {behind:.0f} s before the time at which the "
            "database was last migrated",
            NTP,
        )


def _redis() -> Findings:
    try:
        with health.redis() as server:
            said: Any = server.time()
    except (RedisError, OSError):
        return
    yield from _compared("Redis", said[0] + said[1] / 1_000_000)


def _compared(who: str, theirs: float) -> Findings:
    apart = theirs - time.time()
    if abs(apart) > MOST_APART:
        yield Finding.broken(
            f"The clock of {who} is {abs(apart):.0f} s "
            f"{'ahead of' if apart > 0 else 'behind'} this machine's",
            NTP,
        )
