"""The sole writer of state: texts enter through `submit` and move through `decide`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from comments import dispatch
from comments.models import Comment, Decision, QueueItem, Revision, Rule
from comments.notifications import tell_author
from comments.states import DeciderKind, State, require_allowed

Findings = Sequence[dict[str, Any]]


class StaleDecision(Exception):
    """Somebody was first; `decision` is theirs, when there is one."""

    def __init__(self, decision: Decision | None = None) -> None:
        super().__init__("the text was decided or changed in the meantime")
        self.decision = decision


class ReasonMissing(Exception):
    """A refusal needs a house rule and an explanation."""


@dataclass(frozen=True)
class Decider:
    """Who decides. Authors are known by the comment, so only moderators are named."""

    kind: DeciderKind
    user: Any = None

    @classmethod
    def machine(cls) -> Self:
        return cls(DeciderKind.MACHINE)

    @classmethod
    def author(cls) -> Self:
        return cls(DeciderKind.AUTHOR)

    @classmethod
    def moderator(cls, user: Any) -> Self:
        return cls(DeciderKind.MODERATOR, user)


@dataclass(frozen=True)
class Reason:
    """The rule, the words to the author, and what the machine saw."""

    rule: Rule | None = None
    explanation: str = ""
    findings: Findings = ()


NO_REASON = Reason()


@transaction.atomic
def submit(revision: Revision) -> None:
    """Take in a new text; it is screened once it is committed."""
    comment = revision.comment
    revision.state = State.SCREENING
    revision.save()
    if comment.accepted_revision_id is None:
        comment.state = State.SCREENING
        comment.save(update_fields=["state"])
    dispatch.enqueue(dispatch.SCREEN, revision.pk)


@transaction.atomic
def decide(
    revision: Revision, *, to: State, by: Decider, reason: Reason = NO_REASON
) -> Decision:
    """Move one text, leave one Decision, tell the author once it is committed.

    `revision.state` is the state the decider saw. When it is no longer the state in
    the database, nothing happens and StaleDecision says who was first.
    """
    source = State(revision.state)
    require_allowed(source, to, by.kind)
    _require_reason(to, reason)
    comment = lock_comment(revision.comment_id)
    _require_current(comment, revision, to)
    _move(revision, source, to)
    decision = _record(comment, revision, source, to, by, reason)
    _project(comment, revision)
    _update_queue(decision, reason.findings)
    tell_author(decision)
    return decision


def decide_item(
    item: QueueItem, *, version: int, to: State, by: Decider, reason: Reason = NO_REASON
) -> Decision:
    """Decide what waits in the queue, as it was at that version.

    The version is part of the UPDATE's WHERE, so the check and the claim are one.
    """
    with transaction.atomic():
        # The comment first, as everywhere: two orders of locking would deadlock.
        lock_comment(item.comment_id)
        now_open = QueueItem.objects.waiting().filter(pk=item.pk, version=version)
        if now_open.update(version=version + 1) != 1:
            raise StaleDecision(_first_decision(item))
        revision = Revision.objects.get(pk=item.revision_id)
        return decide(revision, to=to, by=by, reason=reason)


def _require_reason(to: State, reason: Reason) -> None:
    refusal = to in (State.REJECTED, State.REMOVED)
    if refusal and (reason.rule is None or not reason.explanation.strip()):
        raise ReasonMissing


def lock_comment(comment_id: int) -> Comment:
    """The comment as it is now, and nobody else's until the transaction ends.

    NO KEY: a reply or a notice that only refers to the row need not wait, and two
    people who write and decide at once can't wait for each other.
    """
    rows = Comment.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("article", "author").get(pk=comment_id)


def _require_current(comment: Comment, revision: Revision, to: State) -> None:
    """Only the accepted text is removed, withdrawn or restored, and no new text
    comes up where the comment was taken down."""
    is_accepted = comment.accepted_revision_id == revision.pk
    was_public = revision.state in (State.PUBLISHED, State.REMOVED)
    is_down = comment.state in (State.REMOVED, State.WITHDRAWN)
    superseded = was_public and not is_accepted
    if superseded or (is_down and not is_accepted and to == State.PUBLISHED):
        raise StaleDecision(comment.decisions.order_by("number").last())


def _move(revision: Revision, source: State, to: State) -> None:
    """Compare and set: of two deciders at once, one finds the row changed."""
    seen = Revision.objects.filter(pk=revision.pk, state=source)
    if seen.update(state=to) != 1:
        last = Decision.objects.filter(revision=revision.pk).order_by("number").last()
        raise StaleDecision(last)
    revision.state = to


def _record(
    comment: Comment,
    revision: Revision,
    source: State,
    to: State,
    by: Decider,
    reason: Reason,
) -> Decision:
    last = Decision.objects.filter(comment=comment).aggregate(n=Max("number"))["n"]
    return Decision.objects.create(
        comment=comment,
        revision=revision,
        number=(last or 0) + 1,
        from_state=source,
        to_state=to,
        decider_kind=by.kind,
        decider=by.user,
        rule=reason.rule,
        explanation=reason.explanation.strip(),
        findings=list(reason.findings),
    )


def _project(comment: Comment, revision: Revision) -> None:
    """The comment's own state follows from its texts: the accepted one, or the last."""
    if revision.state == State.PUBLISHED:
        comment.accepted_revision = revision
        comment.published_at = comment.published_at or timezone.now()
    if comment.accepted_revision_id in (None, revision.pk):
        comment.state = revision.state
    comment.save(update_fields=["state", "accepted_revision", "published_at"])


def _update_queue(decision: Decision, findings: Findings) -> None:
    if decision.to_state == State.HELD:
        QueueItem.objects.create(
            comment=decision.comment,
            revision=decision.revision,
            findings=list(findings),
        )
        return
    open_item = QueueItem.objects.waiting().filter(revision=decision.revision_id)
    open_item.update(closed_at=timezone.now(), closing_decision=decision)


def _first_decision(item: QueueItem) -> Decision | None:
    found = QueueItem.objects.select_related("closing_decision__decider")
    return found.get(pk=item.pk).closing_decision
