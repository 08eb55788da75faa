"""Which item a moderator should see first: a time to look by, set by what is at stake.

Ordering by that time mixes severity and age without starving anything, and can be
read off a card: 'to be read by 14:05, because of a watched word'. Pure.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any


class Severity(IntEnum):
    ROUTINE = 0
    NOTABLE = 1
    SERIOUS = 2
    URGENT = 3


ALLOWANCE: dict[Severity, timedelta] = {
    Severity.ROUTINE: timedelta(hours=24),
    Severity.NOTABLE: timedelta(hours=12),
    Severity.SERIOUS: timedelta(hours=4),
    Severity.URGENT: timedelta(hours=1),
}
"""How long an item may wait before a human should have read it."""

BY_SCREENER: dict[str, Severity] = {
    "new-member": Severity.ROUTINE,
    "limited": Severity.ROUTINE,
    "repeat": Severity.ROUTINE,
    "flood": Severity.NOTABLE,
    "shouting": Severity.NOTABLE,
    "links": Severity.NOTABLE,
    "watched-word": Severity.SERIOUS,
    "refused-before": Severity.SERIOUS,
    "under-review": Severity.SERIOUS,
    "classifier": Severity.SERIOUS,
    "reported": Severity.SERIOUS,
    "notice": Severity.URGENT,
}


def severity_of(findings: Iterable[Mapping[str, Any]]) -> Severity:
    """That of the gravest finding; one that is not listed is notable."""
    said = [BY_SCREENER.get(f["screener"], Severity.NOTABLE) for f in findings]
    return max(said, default=Severity.ROUTINE)


def due_at(opened_at: datetime, severity: int) -> datetime:
    return opened_at + ALLOWANCE[Severity(severity)]
