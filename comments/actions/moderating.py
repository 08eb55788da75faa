"""What moderators do to a comment that is, or was, public."""

from typing import Any

from django.db import transaction

from comments.actions.deciding import (
    Decider,
    Reason,
    StaleDecision,
    decide,
    lock_comment,
)
from comments.models import Comment, Decision, Revision
from comments.states import State

PUBLIC = frozenset({State.PUBLISHED, State.HELD})
"""Readable, or hidden after reports."""
REMOVED = frozenset({State.REMOVED})


@transaction.atomic
def remove_comment(
    comment: Comment, *, moderator: Any, reason: Reason, text_id: int | None = None
) -> Decision:
    """Take a published comment down; its replies stay under a tombstone.

    `text_id` is the revision that the moderator read, where they read it on a page.
    """
    comment = lock_comment(comment.pk)
    text = _accepted(comment, PUBLIC, text_id)
    by = Decider.moderator(moderator)
    decision = decide(text, to=State.REMOVED, by=by, reason=reason)
    reject_drafts(comment, by, reason)
    return decision


def reject_drafts(comment: Comment, by: Decider, reason: Reason) -> None:
    """An edit that still waits must not bring a removed comment back: it goes too."""
    for waiting in comment.revisions.drafts():
        decide(waiting, to=State.REJECTED, by=by, reason=reason)


@transaction.atomic
def restore_comment(
    comment: Comment, *, moderator: Any, reason: Reason, text_id: int | None = None
) -> Decision:
    """Put a removed comment up again; the explanation says why."""
    comment = lock_comment(comment.pk)
    text = _accepted(comment, REMOVED, text_id)
    by = Decider.moderator(moderator)
    return decide(text, to=State.PUBLISHED, by=by, reason=reason)


def _accepted(
    comment: Comment, expected: frozenset[State], text_id: int | None
) -> Revision:
    text = comment.accepted_revision
    if text is None or text.state not in expected or text_id not in (None, text.pk):
        last = comment.decisions.select_related("decider", "rule").order_by("number")
        raise StaleDecision(last.last())
    return text
