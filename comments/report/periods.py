"""A year or a month, in the site's time zone. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.utils import timezone
from django.utils.formats import date_format

SLUG = r"[0-9]{4}(?:-(?:0[1-9]|1[0-2]))?"


@dataclass(frozen=True)
class Period:
    year: int
    month: int | None = None

    @classmethod
    def parse(cls, slug: str) -> Self:
        """From `2026` or `2026-11`; ValueError when it is neither."""
        if not re.fullmatch(SLUG, slug) or not 1 <= int(slug[:4]) <= 9998:
            raise ValueError(slug)
        return cls(int(slug[:4]), int(slug[5:]) if slug[5:] else None)

    @classmethod
    def month_of(cls, moment: datetime) -> Self:
        local = timezone.localtime(moment)
        return cls(local.year, local.month)

    @property
    def slug(self) -> str:
        return f"{self.year:04}" + (f"-{self.month:02}" if self.month else "")

    @property
    def label(self) -> str:
        if self.month is None:
            return str(self.year)
        return date_format(datetime(self.year, self.month, 1), "F Y")  # noqa: DTZ001  # only its name is wanted

    @property
    def start(self) -> datetime:
        return timezone.make_aware(datetime(self.year, self.month or 1, 1))  # noqa: DTZ001  # made aware at once

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        return self.following.start

    @property
    def following(self) -> "Period":
        if self.month is None:
            return Period(self.year + 1)
        if self.month == 12:
            return Period(self.year + 1, 1)
        return Period(self.year, self.month + 1)

    def is_over(self, now: datetime | None = None) -> bool:
        return self.end <= (now or timezone.now())

    def is_future(self, now: datetime | None = None) -> bool:
        return self.start > (now or timezone.now())


def months(first: datetime, last: datetime) -> Iterator[Period]:
    """From the month of one moment to that of the other, in order."""
    period, end = Period.month_of(first), Period.month_of(last)
    while period.start <= end.start:
        yield period
        period = period.following
