"""Parts of pages that many pages in a row have in common."""

import time
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from ethicsforum.page_cache import here
from ethicsforum.page_cache.memory import Remembered

LONGEST = 600.0
BRIEF = 60.0
"""Seconds a fragment lasts where nobody would say that everything is stale."""
NO_KEYS: frozenset[str] = frozenset()
ALWAYS = float("inf")


@dataclass
class Fragment(Remembered):
    value: Any = None
    until: float = 0.0
    """By the clock on the wall: a fragment may say how long ago something was."""


def recall(name: Hashable, *, only_if_told: bool = False) -> Any:
    """What was kept under the name, which says all that it depends on; else None.

    `only_if_told`: the name says less, but what changes is told: then nothing, where
    nobody would tell this process.
    """
    found = here.memory.get(("fragment", name))
    if not isinstance(found, Fragment):
        return None
    now = time.monotonic()
    heard = now < here.listener.good_until
    age = now - found.started
    if not heard and (only_if_told or age >= BRIEF):
        return None
    if age >= LONGEST or time.time() >= found.until:
        return None
    found.used = True
    return found.value


def moment() -> int:
    """To be noted before a fragment is made: see `remember`."""
    return here.memory.moment


def remember(
    name: Hashable,
    value: Any,
    *,
    size: int,
    moment: int,
    until: float = ALWAYS,
    keys: frozenset[str] = NO_KEYS,
) -> None:
    """`size` in bytes, near enough; `until` in seconds since the epoch. Not, if all or
    one of the keys became stale since the moment."""
    fragment = Fragment(keys, size, time.monotonic(), value=value, until=until)
    here.memory.put(("fragment", name), fragment, moment)
