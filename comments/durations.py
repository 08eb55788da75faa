"""How long things took: percentiles, how they spread, and in words. Pure."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from math import floor

from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

HOURS = (1, 4, 12, 24, 48)
"""Where one span of waiting ends and the next begins."""

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def percentile(values: Sequence[float], share: float) -> float | None:
    """The value below which that share lies, between neighbours in proportion."""
    if not values:
        return None
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    below = floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def spread(values: Iterable[float]) -> list[int]:
    """How many lie in each span; the last is open-ended."""
    spans = Counter(bisect_right(HOURS, value / 3600) for value in values)
    return [spans[place] for place in range(len(HOURS) + 1)]


def in_words(seconds: float) -> str:
    """'4 seconds', '3 minutes', '2 hours, 10 minutes'."""
    whole = max(int(seconds), 0)
    if not whole:
        return _("less than a second")
    if whole < 60:
        return ngettext("%(n)d second", "%(n)d seconds", whole) % {"n": whole}
    # From a date of its own: a month is as long as its calendar has it.
    return timesince(EPOCH, EPOCH + timedelta(seconds=whole))
