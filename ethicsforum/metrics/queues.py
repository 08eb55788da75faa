"""What waits in each queue, by its rows: each app says what is in which."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from ethicsforum.metrics.asked import Part, Values, gauge
from ethicsforum.outbox import MAIL_TRIES, OutboxQuerySet

Rows = Callable[[], QuerySet[Any]]
Outbox = Callable[[], OutboxQuerySet[Any]]
Ages = dict[tuple[str, ...], float]

_queues: list[tuple[str, Rows, str]] = []
_outboxes: list[tuple[Outbox, str]] = []

UNSENT = Q(mailed_at__isnull=True, mail_due_at__isnull=False)
HOPEFUL = Q(mail_tries__lt=MAIL_TRIES)
STATES = {
    "waiting": Q(mail_tries=0),
    "retrying": HOPEFUL & Q(mail_tries__gt=0),
    "given_up": ~HOPEFUL,
}


def in_queue(queue: str, rows: Rows, since: str) -> None:
    """Declares rows that wait for a worker of the queue; `since` is the field that
    tells for how long."""
    _queues.append((queue, rows, since))


def outbox(rows: Outbox, since: str) -> None:
    """Declares rows that are mailed; those that are due and were not tried yet wait for
    a worker, the others for their next try."""
    _outboxes.append((rows, since))
    in_queue("mail", lambda: rows().mail_due().filter(mail_tries=0), since)


@gauge(
    Part.DATABASE, "queue_waiting", "rows that wait for a worker of the queue", "queue"
)
def _waiting() -> Values:
    found: Ages = defaultdict(float)
    for queue, rows, _ in _queues:
        found[(queue,)] += rows().count()
    return found


@gauge(
    Part.DATABASE,
    "queue_oldest_seconds",
    "how long the oldest of them has waited; 0: none",
    "queue",
)
def _oldest() -> Values:
    found: Ages = defaultdict(float)
    for queue, rows, since in _queues:
        oldest = rows().aggregate(oldest=Min(since))["oldest"]
        found[(queue,)] = max(found[(queue,)], age(oldest))
    return found


@gauge(
    Part.DATABASE,
    "mails",
    "mails not sent: `waiting` for a first try, `retrying`, or `given_up` after "
    f"{MAIL_TRIES} tries",
    "state",
)
def _mails() -> Values:
    found: Ages = {(state,): 0.0 for state in STATES}
    counts = {state: Count("pk", filter=rows) for state, rows in STATES.items()}
    for rows, _ in _outboxes:
        for state, count in rows().filter(UNSENT).aggregate(**counts).items():
            found[(state,)] += count
    return found


@gauge(
    Part.DATABASE,
    "mail_oldest_seconds",
    "age of the oldest mail not sent and not given up; 0: none",
)
def _oldest_mail() -> Values:
    ages = [0.0]
    for rows, since in _outboxes:
        unsent = rows().filter(UNSENT & HOPEFUL)
        ages.append(age(unsent.aggregate(oldest=Min(since))["oldest"]))
    return {(): max(ages)}


def age(since: datetime | None) -> float:
    """Seconds; 0 for nothing, and for what another machine's clock puts ahead."""
    if since is None:
        return 0.0
    return max((timezone.now() - since).total_seconds(), 0.0)
