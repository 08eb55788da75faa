"""Visits: since when a discussion holds something new to a member."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError
from django.utils import timezone

from articles.models import Article
from comments.models import Visit

log = logging.getLogger(__name__)

ENDS_AFTER = timedelta(minutes=30)
"""Whoever comes back later than this comes anew."""
WRITTEN_EVERY = timedelta(minutes=1)


def note_visit(article: Article, *, member: Any) -> datetime | None:
    """When the member's visit before this one ended; None on the first.

    One query, and at most one write a minute.
    """
    now = timezone.now()
    known = Visit.objects.of(member, article).first()
    visit = known or Visit(member=member, article=article, seen_at=now)
    away = now - visit.seen_at
    before = visit.seen_at if away > ENDS_AFTER else visit.before
    if known is None or away >= WRITTEN_EVERY:
        _write(visit, now, before)
    return before


def _write(visit: Visit, now: datetime, before: datetime | None) -> None:
    """Of two windows at once one writes, and the other changes nothing."""
    try:
        if visit.pk is None:
            Visit.objects.bulk_create([visit], ignore_conflicts=True)
        else:
            same = Visit.objects.filter(pk=visit.pk, seen_at=visit.seen_at)
            same.update(seen_at=now, before=before)
    except DatabaseError as error:
        # What is new matters less than what there is to read.
        log.warning("a visit was not noted: %s", error)
