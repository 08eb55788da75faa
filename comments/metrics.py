"""What a monitor is told of the discussion and its moderation."""

from typing import Any

from django.db import transaction
from django.db.models import Count
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone

from comments.actions.announcing import LATE
from comments.models import (
    BulkRejection,
    Comment,
    Decision,
    Digest,
    Notification,
    QueueItem,
    Revision,
    oldest_waiting_seconds,
)
from comments.states import State
from ethicsforum.metrics import own, queues
from ethicsforum.metrics.asked import Part, Values, gauge

_decisions = own.counter(
    "decisions",
    "decisions, by kind of decider (`machine`, `moderator`, `author`) and outcome",
    *("decider", "outcome"),
)
_screening = own.histogram(
    "screening_seconds",
    "from the moment a text came in to the machine's decision about it",
    buckets=(0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800),
)

queues.in_queue(
    "screening",
    lambda: Revision.objects.filter(state=State.SCREENING),
    "created_at",
)
queues.in_queue(
    "maintenance",
    lambda: Comment.objects.unannounced(timezone.now() - LATE),
    "published_at",
)
queues.in_queue("maintenance", BulkRejection.objects.running, "touched_at")
queues.outbox(Notification.objects.all, "created_at")
queues.outbox(Digest.objects.all, "created_at")


@gauge(
    Part.DATABASE,
    "oldest_waiting_seconds",
    "age of the oldest text without a final word, be it of a machine or of a "
    "moderator; 0: none",
)
def _oldest_waiting() -> Values:
    return {(): oldest_waiting_seconds() or 0.0}


@gauge(Part.DATABASE, "desk_items", "what waits for a moderator", "kind")
def _desk_items() -> Values:
    waiting = QueueItem.objects.waiting().order_by("kind").values_list("kind")
    found = {(kind,): 0.0 for kind in QueueItem.Kind.values}
    return found | {(kind,): float(n) for kind, n in waiting.annotate(n=Count("pk"))}


@receiver(post_save, sender=Decision)
def decided(
    instance: Decision, created: bool, raw: bool = False, **kwargs: Any
) -> None:
    """Counted once it is committed, whoever decided and by whatever door."""

    def count() -> None:
        _decisions.labels(instance.decider_kind, instance.outcome).inc()
        if instance.by_machine and instance.from_state == State.SCREENING:
            taken = instance.created_at - instance.revision.created_at
            _screening.observe(max(taken.total_seconds(), 0.0))

    if created and not raw:
        transaction.on_commit(count, robust=True)
