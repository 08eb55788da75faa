"""How long what is kept: periods as data. The beat enforces them, /privacy/ and the
docs are written from them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from django.utils.translation import ngettext

from ethicsforum.accounts.privacy.registry import Rows, Words, delete_some

End: TypeAlias = Callable[[Any], int]


@dataclass(frozen=True)
class Retention:
    """One kind of data, and when it goes."""

    name: str
    what: Words
    period: timedelta
    since: Words
    """What the period is counted from."""
    why: Words
    find: Callable[[datetime], Rows]
    """The rows that are older than the moment."""
    end: End = delete_some
    """Deals with a batch of them and says how many they were."""

    @property
    def ends(self) -> str:
        """When it goes, as the end of a sentence."""
        return f"{_in_words(self.period)} {self.since}.".lstrip()

    def enforce(self, now: datetime) -> int:
        return self.end(self.find(now - self.period))


_retentions: dict[str, Retention] = {}


def _in_words(period: timedelta) -> str:
    if not period:
        return ""
    if period.days > 1:
        return ngettext("%(n)s day", "%(n)s days", period.days) % {"n": period.days}
    hours = int(period.total_seconds() // 3600)
    return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}


def declare_retention(*retentions: Retention) -> None:
    _retentions.update((each.name, each) for each in retentions)


def retentions() -> list[Retention]:
    return list(_retentions.values())
