"""Limits in the database: durable, and the same for every process.

Each key has a bucket. An act pours its share in (a tenth, where ten are allowed), and
it drains evenly; what would make it overflow is refused. So a row holds one number, no
window has an edge, and who was refused waits for one share only.
"""

import math
import time

from django.db import connection

from ethicsforum.limits.models import Bucket

TICKS = 1_000_000
"""In a second."""

TABLE = Bucket._meta.db_table
# A moment that no clock of ours can have written (a clock was set back, a limit made
# shorter) counts as an empty bucket: nobody waits for a clock.
LEVEL = f"""CASE WHEN {TABLE}.empty_at BETWEEN %(now)s AND %(brim)s
THEN {TABLE}.empty_at ELSE %(now)s END"""
POUR = f"""
INSERT INTO {TABLE} (key, empty_at) VALUES {{values}}
ON CONFLICT (key) DO UPDATE SET empty_at = {LEVEL} + excluded.empty_at - %(now)s
WHERE {LEVEL} + excluded.empty_at - %(now)s <= %(brim)s
"""  # noqa: S608  # made of its own words


def spend(shares: dict[str, int], per: int) -> int:
    """Pour one share into each bucket; the seconds to wait if one had no room.

    One statement, so two at once can't both have the last share.
    """
    now = int(time.time() * TICKS)
    brim = now + per * TICKS
    filled = {key: now + per * TICKS // many for key, many in shares.items()}
    names = [(f"key{n}", f"at{n}") for n in range(len(filled))]
    values = ", ".join(f"(%({key})s, %({at})s)" for key, at in names)
    said: dict[str, str | int] = {"now": now, "brim": brim}
    for (key, at), (name, moment) in zip(names, sorted(filled.items()), strict=True):
        said |= {key: name, at: moment}
    with connection.cursor() as cursor:
        cursor.execute(POUR.format(values=values), said)
        if cursor.rowcount == len(filled):
            return 0
    return _seconds_to_wait(filled, now, brim)


def _seconds_to_wait(filled: dict[str, int], now: int, brim: int) -> int:
    stored = Bucket.objects.filter(key__in=filled).values_list("key", "empty_at")
    ticks = [empty_at + filled[key] - now - brim for key, empty_at in stored]
    return max(1, math.ceil(max(ticks, default=0) / TICKS))
