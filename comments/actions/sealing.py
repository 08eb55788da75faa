"""Seal decisions into the chain of the public log, and hold the chain against them."""

from collections.abc import Iterator
from datetime import UTC, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from comments.chain import GENESIS, Break, Link, canonical, digest, first_break, hash_of
from comments.models import Decision, LogEntry

BATCH = 500
CHUNK = 1000
LATE = timedelta(minutes=10)
"""A decision older than this that is not sealed was left out."""


def seal() -> int:
    """Append what was decided since; how many. Of two at once, one does the work."""
    try:
        with transaction.atomic():
            return _seal_batch()
    except IntegrityError:
        return 0


def entry_of(decision: Decision, position: int) -> str:
    """What the chain says about a decision: nothing that a person wrote."""
    return canonical(
        {
            "position": position,
            "decision": decision.pk,
            "at": decision.created_at.astimezone(UTC).isoformat(),
            "comment": decision.comment_id,
            "text": decision.revision.number,
            "from": decision.from_state,
            "to": decision.to_state,
            "by": decision.decider_kind,
            "rule": decision.rule.code if decision.rule else None,
            "explanation_sha256": digest(decision.explanation),
        }
    )


def verify() -> Break | None:
    """The first entry that was changed, dropped or moved; None if the log is whole."""
    return first_break(_links()) or _disagreement() or _left_out()


def _seal_batch() -> int:
    last = LogEntry.objects.select_for_update().order_by("-position").first()
    position, previous = (last.position, last.hash) if last else (0, GENESIS)
    unsealed = Decision.objects.public().filter(log_entry__isnull=True).order_by("pk")
    entries = []
    for decision in unsealed.select_related("rule", "revision")[:BATCH]:
        position += 1
        body = entry_of(decision, position)
        entry = LogEntry(
            position=position, decision=decision, body=body, previous=previous
        )
        previous = entry.hash = hash_of(previous, body)
        entries.append(entry)
    LogEntry.objects.bulk_create(entries)
    return len(entries)


def _links() -> Iterator[Link]:
    rows = LogEntry.objects.order_by("position")
    fields = rows.values_list("body", "previous", "hash")
    return (Link(*row) for row in fields.iterator(chunk_size=CHUNK))


def _disagreement() -> Break | None:
    """An entry that no longer says what its decision says."""
    rows = LogEntry.objects.select_related("decision__rule", "decision__revision")
    for entry in rows.order_by("position").iterator(chunk_size=CHUNK):
        if entry.body != entry_of(entry.decision, entry.position):
            return Break(entry.position, "its decision says something else")
    return None


def _left_out() -> Break | None:
    old = Decision.objects.public().filter(created_at__lt=timezone.now() - LATE)
    missing = old.filter(log_entry__isnull=True).order_by("pk").first()
    if missing is None:
        return None
    return Break(LogEntry.objects.count() + 1, f"decision {missing.pk} was left out")
