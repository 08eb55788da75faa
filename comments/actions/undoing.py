"""Undo: a moderator takes back a decision of theirs while nobody has heard of it."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from comments.actions.deciding import Decider, Reason, decide, lock_comment, record
from comments.actions.queueing import open_item, reopen_item
from comments.actions.reporting import reopen_reports
from comments.models import Appeal, Decision, QueueItem
from comments.notifications import take_back
from comments.states import REFUSED, WAITING, DeciderKind, Measure, State, is_allowed

Kind = QueueItem.Kind


class Obstacle(StrEnum):
    NOT_YOURS = "not yours"
    TOO_LATE = "too late"
    RULING = "ruling"
    CHANGED = "changed"


class CannotUndo(Exception):
    """Nothing was changed."""

    def __init__(self, obstacle: Obstacle) -> None:
        super().__init__(obstacle)
        self.obstacle = obstacle


def undo_ends(decision: Decision | None) -> datetime | None:
    """Until when its moderator may take it back; None for what is never undone."""
    if decision is None or decision.is_undo:
        return None
    human = decision.decider_kind == DeciderKind.MODERATOR
    if not human or decision.measure not in ("", Measure.KEEP):
        return None
    return decision.created_at + timedelta(seconds=settings.UNDO_SECONDS)


@transaction.atomic
def undo(decision: Decision, *, moderator: Any) -> Decision:
    """Bring back what was before, in a decision of its own that reverses this one.

    CannotUndo when its time is over, a mail about it may have left, or something
    else has happened to the text since.
    """
    lock_comment(decision.comment_id)
    decision = Decision.objects.select_related("revision").get(pk=decision.pk)
    _require_undoable(decision, moderator)
    together = [*reversed(_gone_with(decision)), decision]
    if not all(take_back(each) for each in together):
        raise CannotUndo(Obstacle.TOO_LATE)
    _drop_second_look(decision)
    return [_reverse(each, moderator) for each in together][-1]


def _require_undoable(decision: Decision, moderator: Any) -> None:
    ends = undo_ends(decision)
    if decision.decider_id != moderator.pk:
        raise CannotUndo(Obstacle.NOT_YOURS)
    if ends is None or decision.closed_items.filter(kind=Kind.APPEAL).exists():
        raise CannotUndo(Obstacle.RULING)
    if ends < timezone.now():
        raise CannotUndo(Obstacle.TOO_LATE)
    if _has_gone_on(decision):
        raise CannotUndo(Obstacle.CHANGED)


def _has_gone_on(decision: Decision) -> bool:
    """Whether the text has moved, or somebody has asked about it anew."""
    moved = not decision.measure and decision.revision.state != decision.to_state
    undone = decision.answers.filter(is_undo=True)
    contested = Appeal.objects.filter(decision=decision)
    anew = QueueItem.objects.waiting().filter(
        revision=decision.revision_id, kind__in=decision.closed_items.values("kind")
    )
    anew = anew.exclude(first_decision=decision)
    return moved or undone.exists() or contested.exists() or anew.exists()


def _gone_with(decision: Decision) -> list[Decision]:
    """The edits that waited and were rejected together with a removed comment."""
    if decision.to_state != State.REMOVED:
        return []
    later = decision.comment.decisions.filter(
        number__gt=decision.number,
        decider=decision.decider,
        from_state__in=WAITING,
        to_state=State.REJECTED,
        rule=decision.rule,
        explanation=decision.explanation,
    )
    return list(later.select_related("revision").order_by("number"))


def _drop_second_look(decision: Decision) -> None:
    """Nobody need say what they think of a decision that does not stand."""
    looks = QueueItem.objects.waiting().filter(kind=Kind.HELD, first_decision=decision)
    looks.update(closed_at=timezone.now())


def _reverse(decision: Decision, moderator: Any) -> Decision:
    by = Decider.moderator(moderator)
    reason = _reason_to_reverse(decision)
    if decision.measure:
        undone = record(
            decision.revision, Measure(decision.measure), by=by, reason=reason
        )
    else:
        undone = decide(decision.revision, to=_back_to(decision), by=by, reason=reason)
    _wait_again(undone)
    reopen_reports(decision)
    return undone


def _back_to(decision: Decision) -> State:
    """A text that was never screened to the end is read by a human now."""
    source = State(decision.from_state)
    to = State.HELD if source == State.SCREENING else source
    if not is_allowed(State(decision.to_state), to, DeciderKind.MODERATOR):
        raise CannotUndo(Obstacle.CHANGED)
    return to


def _reason_to_reverse(decision: Decision) -> Reason:
    if decision.from_state not in REFUSED:
        return Reason(about=decision, is_undo=True)
    # A refusal stands again under the rule and the words it had.
    earlier = Decision.objects.filter(
        revision=decision.revision_id, number__lt=decision.number
    )
    first = earlier.moves().select_related("rule").order_by("number").last()
    rule, words = (first.rule, first.explanation) if first else (None, "")
    return Reason(rule, words, about=decision, is_undo=True)


def _wait_again(undone: Decision) -> None:
    if undone.to_state != State.HELD:
        reopen_item(undone)
        return
    waiting = QueueItem.objects.waiting().filter(revision=undone.revision_id)
    if not waiting.exists():
        open_item(undone)
