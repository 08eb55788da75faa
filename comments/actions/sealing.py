"""Seal decisions into the chain of the public log, and hold the chain against them."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from comments.models import Decision, LogEntry
from comments.models.decision import DecisionQuerySet
from comments.record.chain import (
    GENESIS,
    Break,
    Link,
    canonical,
    digest,
    first_break,
    hash_of,
)

BATCH = 500
MOST_BATCHES = 50
"""In one run, which then fits the time of a task; the next run takes up the rest."""
CHUNK = 1000
LATE = timedelta(minutes=10)
"""A decision older than this that is not sealed was left out."""

ALWAYS_SEALED = frozenset(
    {"position", "decision", "at", "from", "to", "by", "rule", "explanation_sha256"}
)
"""In every entry ever sealed; later ones say more."""


def seal() -> int:
    """Append what was decided since; how many. Of two at once, one does the work."""
    sealed = 0
    for _batch in range(MOST_BATCHES):
        done = _seal_once()
        sealed += done
        if done < BATCH:
            break
    return sealed


def facts_of(decision: Decision, position: int) -> dict[str, Any]:
    """What the chain says about a decision: nothing that a person wrote, and nothing
    that leads from a measure to the member it is about."""
    facts: dict[str, Any] = {
        "position": position,
        "decision": decision.pk,
        "at": _moment(decision.created_at),
        "from": decision.from_state,
        "to": decision.to_state,
        "measure": decision.measure,
        "until": _moment(decision.until),
        "by": decision.decider_kind,
        "rule": decision.rule.code if decision.rule else None,
        "rule_version": decision.rule_version,
        "policy_version": decision.policy_version,
        "about": decision.about_id,
        "undo": decision.is_undo,
        "explanation_sha256": digest(decision.explanation),
    }
    if not decision.is_about_account:
        facts["comment"] = decision.comment_id
        facts["text"] = decision.revision.number
    return facts


def verify(head: str = "") -> Break | None:
    """The first entry that was changed, dropped or moved; None if the log is whole.

    `head` is a hash noted earlier: it must still be in the chain.
    """
    return first_break(_links()) or _disagreement() or _left_out() or _lost(head)


def head() -> LogEntry | None:
    """The entry up to which the log is sealed."""
    return LogEntry.objects.order_by("position").last()


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment else None


def _seal_once() -> int:
    try:
        with transaction.atomic():
            return _seal_batch()
    except IntegrityError:
        return 0


def _seal_batch() -> int:
    last = LogEntry.objects.select_for_update().order_by("-position").first()
    position, previous = (last.position, last.hash) if last else (0, GENESIS)
    unsealed = Decision.objects.public().filter(log_entry__isnull=True).order_by("pk")
    entries = []
    for decision in _with_facts(unsealed)[:BATCH]:
        position += 1
        body = canonical(facts_of(decision, position))
        entry = LogEntry(
            position=position, decision=decision, body=body, previous=previous
        )
        previous = entry.hash = hash_of(previous, body)
        entries.append(entry)
    LogEntry.objects.bulk_create(entries)
    return len(entries)


def _with_facts(decisions: DecisionQuerySet) -> DecisionQuerySet:
    return decisions.with_earlier().select_related("rule", "revision")


def _links() -> Iterator[Link]:
    rows = LogEntry.objects.order_by("position")
    fields = rows.values_list("body", "previous", "hash")
    return (Link(*row) for row in fields.iterator(chunk_size=CHUNK))


def _disagreement() -> Break | None:
    """An entry that no longer says what its decision says."""
    rows = LogEntry.objects.select_related(
        "decision__rule", "decision__revision", "decision__about__about"
    )
    for entry in rows.order_by("position").iterator(chunk_size=CHUNK):
        if not _agrees(entry):
            return Break(entry.position, "its decision says something else")
    return None


def _agrees(entry: LogEntry) -> bool:
    """Entries of earlier versions say less; what they say must hold."""
    sealed = json.loads(entry.body).keys()
    facts = facts_of(entry.decision, entry.position)
    said = {key: facts[key] for key in sealed & facts.keys()}
    return sealed >= ALWAYS_SEALED and canonical(said) == entry.body


def _left_out() -> Break | None:
    old = Decision.objects.public().filter(created_at__lt=timezone.now() - LATE)
    missing = old.filter(log_entry__isnull=True).order_by("pk").first()
    if missing is None:
        return None
    return Break(LogEntry.objects.count() + 1, f"decision {missing.pk} was left out")


def _lost(noted: str) -> Break | None:
    if not noted or LogEntry.objects.filter(hash=noted).exists():
        return None
    return Break(LogEntry.objects.count() + 1, "the hash you noted is no longer there")
