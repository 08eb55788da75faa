"""Digest: gather what members want to hear of once a day or once a week.

A digest is due at DIGEST_HOUR, in the site's time zone; the weekly one on Mondays. It
has what came up before, and there is one a member, period and day: two beats, or one
that comes late, make no second one.
"""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from comments import dispatch
from comments.models import Delivery, Digest, Notification
from comments.models.digest import PERIODS
from comments.notifications import MOST_NUDGES

BATCH = 500
SETTLED = timedelta(minutes=1)
"""A notice younger than this may still be taken back by an undo."""


def make_digests() -> int:
    """Make all that are due; how many. Each batch is a transaction of its own."""
    made = 0
    for period in PERIODS:
        due = last_due(period, timezone.now())
        while members := _without_digest(period, due):
            try:
                made += _make(period, due, members)
            except IntegrityError:
                # Another beat is at it, and does what is left.
                return made
    return made


def last_due(period: str, now: datetime) -> datetime:
    """When the last digest of this kind was due, at or before now."""
    local = timezone.localtime(now)
    hour = time(settings.DIGEST_HOUR)
    day = local.date()
    if local < _at(day, hour):
        day -= timedelta(days=1)
    if period == Delivery.WEEKLY:
        day -= timedelta(days=day.weekday())
    return _at(day, hour)


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, timezone.get_current_timezone())


def _due_rows(period: str, due: datetime) -> QuerySet[Notification]:
    settled = min(due, timezone.now() - SETTLED)
    return Notification.objects.undigested(period).filter(created_at__lt=settled)


def _without_digest(period: str, due: datetime) -> list[int]:
    """Members with something to hear who have no digest of this day yet."""
    made = Digest.objects.filter(
        recipient=OuterRef("recipient"), period=period, day=due.date()
    )
    rows = _due_rows(period, due).filter(~Exists(made), recipient__is_active=True)
    members = rows.order_by("recipient").values_list("recipient", flat=True)
    return list(members.distinct()[:BATCH])


@transaction.atomic
def _make(period: str, due: datetime, members: list[int]) -> int:
    day = due.date()
    digests = Digest.objects.bulk_create(
        Digest(recipient_id=member, period=period, day=day) for member in members
    )
    mine = Digest.objects.filter(recipient=OuterRef("recipient"), period=period)
    rows = _due_rows(period, due).filter(recipient__in=members)
    rows.update(digest=Subquery(mine.filter(day=day).values("pk")))
    for digest in digests[:MOST_NUDGES]:
        dispatch.enqueue(dispatch.DELIVER_DIGEST, digest.pk)
    return len(digests)
