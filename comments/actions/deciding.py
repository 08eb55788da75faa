"""The sole writer of state: texts enter through `submit` and move through `decide`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from comments import dispatch
from comments.actions.indexing import follow_comment
from comments.actions.queueing import (
    close_items,
    follow_text,
    open_item,
    reopen_item,
)
from comments.models import Comment, Decision, QueueItem, Revision, Rule
from comments.notifications import announce, answer_reports, tell_author
from comments.states import (
    DeciderKind,
    IllegalTransition,
    Measure,
    State,
    require_allowed,
)
from ethicsforum.page_cache.marking import LISTS, article_key
from ethicsforum.page_cache.telling import stale

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
    policy_version: int | None = None
    about: Decision | None = None
    """The earlier decision that this one answers."""
    is_undo: bool = False


NO_REASON = Reason()


@transaction.atomic(savepoint=False)
def submit(revision: Revision) -> None:
    """Take in a new text; it is screened once it is committed."""
    comment = revision.comment
    revision.state = State.SCREENING
    revision.save()
    is_waiting = comment.accepted_revision_id is None
    if is_waiting and comment.state != State.SCREENING:
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
    require_allowed(State(revision.state), to, by.kind)
    _require_reason(to, reason)
    comment = lock_comment(revision.comment_id)
    decision = _decide(comment, revision, to, by, reason)
    close_items(decision)
    follow_text(decision)
    return decision


@transaction.atomic
def decide_item(
    item: QueueItem, *, version: int, to: State, by: Decider, reason: Reason = NO_REASON
) -> Decision:
    """Decide about the text that waits in the queue, as it was at that version.

    The version is part of the WHERE that closes the item, so the check and the
    closing are one; when it fails, all that was done before is rolled back.
    """
    _require_reason(to, reason)
    _require_move(item, version, to, by)
    decision = _decide(item.comment, item.revision, to, by, reason)
    if not close_items(decision, item, version):
        raise StaleDecision(first_decision(item))
    follow_text(decision)
    return decision


def require_version(item: QueueItem, version: int) -> None:
    """StaleDecision when the item is no longer as it was at that version."""
    if not QueueItem.objects.waiting().filter(pk=item.pk, version=version).exists():
        raise StaleDecision(first_decision(item))


def first_decision(item: QueueItem) -> Decision | None:
    """What closed the item, when somebody was first."""
    found = QueueItem.objects.select_related("closing_decision__decider")
    now = found.filter(pk=item.pk).first()
    # An appeal goes with the account of whoever lodged it.
    return now.closing_decision if now else None


def record(
    revision: Revision,
    measure: Measure,
    *,
    by: Decider,
    reason: Reason,
    until: datetime | None = None,
) -> Decision:
    """A decision that moves no text: about reports, an appeal or an account.

    Call it while holding the comment (`lock_comment`).
    """
    return Decision.objects.create(
        comment=revision.comment,
        revision=revision,
        number=_next_number(revision.comment),
        measure=measure,
        until=until,
        **_grounds(by, reason),
    )


def lock_comment(comment_id: int) -> Comment:
    """The comment as it is now, and nobody else's until the transaction ends.

    NO KEY: a reply or a notice that only refers to the row need not wait, and two
    people who write and decide at once can't wait for each other.
    """
    rows = Comment.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("article", "author__mailchoice").get(pk=comment_id)


def _require_move(item: QueueItem, version: int, to: State, by: Decider) -> None:
    if not item.is_open or item.version != version:
        raise StaleDecision(first_decision(item))
    try:
        require_allowed(State(item.revision.state), to, by.kind)
    except IllegalTransition:
        # What waits can be moved; if it can't, somebody else has moved it.
        require_version(item, version)
        raise


def _require_reason(to: State, reason: Reason) -> None:
    refusal = to in (State.REJECTED, State.REMOVED)
    if refusal and (reason.rule is None or not reason.explanation.strip()):
        raise ReasonMissing


def _decide(
    comment: Comment, revision: Revision, to: State, by: Decider, reason: Reason
) -> Decision:
    _require_current(comment, revision, to, by)
    now = timezone.now()
    was_public = comment.published_at is not None
    if _replaces_hidden(comment, revision, to):
        _let_go(comment, by, now)
    decision = _write(comment, revision, to, by, reason, now)
    _update_queue(decision)
    if was_public:
        answer_reports(decision)
    tell_author(decision)
    announce(decision)
    return decision


def _write(
    comment: Comment,
    revision: Revision,
    to: State,
    by: Decider,
    reason: Reason,
    now: datetime,
) -> Decision:
    source = State(revision.state)
    # The comment first, as everywhere: two orders of locking would deadlock.
    _project(comment, revision, to, reason, now)
    _move(revision, source, to, reason, now)
    return Decision.objects.create(
        comment=comment,
        revision=revision,
        number=_next_number(comment),
        from_state=source,
        to_state=to,
        created_at=now,
        **_grounds(by, reason),
    )


def _replaces_hidden(comment: Comment, revision: Revision, to: State) -> bool:
    is_new = comment.accepted_revision_id != revision.pk
    return to == State.PUBLISHED and comment.is_hidden and is_new


def _let_go(comment: Comment, by: Decider, now: datetime) -> None:
    """The hidden text waits for nobody any more: the author's new one, which a
    moderator has read, takes its place."""
    text = comment.accepted_revision
    assert text is not None  # noqa: S101  # a hidden comment has one; the database holds it
    reason = Reason(explanation=_("The author’s new text takes its place."))
    decision = _write(comment, text, State.PUBLISHED, by, reason, now)
    close_items(decision)
    answer_reports(decision)


def _require_current(
    comment: Comment, revision: Revision, to: State, by: Decider
) -> None:
    """Only the accepted text is removed, withdrawn or restored, and no new text
    comes up where the comment was taken down; where it is hidden, by a human only."""
    is_accepted = comment.accepted_revision_id == revision.pk
    is_down = comment.state in (State.REMOVED, State.WITHDRAWN)
    if by.kind == DeciderKind.MACHINE:
        is_down = is_down or comment.is_hidden
    superseded = revision.accepted_at is not None and not is_accepted
    if to == State.PUBLISHED and revision.is_erased:
        raise StaleDecision(comment.decisions.order_by("number").last())
    if superseded or (is_down and not is_accepted and to == State.PUBLISHED):
        raise StaleDecision(comment.decisions.order_by("number").last())


def _project(
    comment: Comment, revision: Revision, to: State, reason: Reason, now: datetime
) -> None:
    """The comment's own state follows from its texts: the accepted one, or the last.

    Compare and set, on the row that every decision about the comment begins with.
    """
    seen = Comment.objects.filter(
        pk=comment.pk,
        state=comment.state,
        accepted_revision=comment.accepted_revision_id,
    )
    was_public = comment.published_at is not None
    if to == State.PUBLISHED:
        comment.accepted_revision = revision
        comment.published_at = comment.published_at or now
    elif _unaccepts(revision, reason):
        _fall_back(comment, revision)
    if comment.accepted_revision_id in (None, revision.pk):
        comment.state = to
    fields = {
        "state": comment.state,
        "accepted_revision": comment.accepted_revision_id,
        "published_at": comment.published_at,
    }
    if seen.update(**fields) != 1:
        raise StaleDecision(comment.decisions.order_by("number").last())
    if was_public or comment.state == State.PUBLISHED:
        follow_comment(comment)
        stale(article_key(comment.article_id), LISTS)


def _unaccepts(revision: Revision, reason: Reason) -> bool:
    """Whether the decision that first accepted the text is undone."""
    undone = reason.about if reason.is_undo else None
    return undone is not None and revision.accepted_at == undone.created_at


def _fall_back(comment: Comment, revision: Revision) -> None:
    """To the text that was accepted before this one, if there was one."""
    earlier = comment.revisions.filter(
        state=State.PUBLISHED, number__lt=revision.number
    )
    comment.accepted_revision = earlier.order_by("number").last()
    if comment.accepted_revision is None:
        comment.published_at = None
    else:
        comment.state = State.PUBLISHED


def _move(
    revision: Revision, source: State, to: State, reason: Reason, now: datetime
) -> None:
    """Compare and set: of two deciders at once, one finds the row changed."""
    accepted_at = revision.accepted_at
    if to == State.PUBLISHED:
        accepted_at = accepted_at or now
    elif _unaccepts(revision, reason):
        accepted_at = None
    seen = Revision.objects.filter(pk=revision.pk, state=source)
    if seen.update(state=to, accepted_at=accepted_at) != 1:
        last = Decision.objects.filter(revision=revision.pk).order_by("number").last()
        raise StaleDecision(last)
    revision.state, revision.accepted_at = to, accepted_at


def _next_number(comment: Comment) -> int:
    last = Decision.objects.filter(comment=comment).aggregate(n=Max("number"))["n"]
    return (last or 0) + 1


def _grounds(by: Decider, reason: Reason) -> dict[str, Any]:
    return {
        "decider_kind": by.kind,
        "decider": by.user,
        "rule": reason.rule,
        "rule_version": reason.rule.version if reason.rule else None,
        "policy_version": reason.policy_version,
        "explanation": reason.explanation.strip(),
        "findings": list(reason.findings),
        "about": reason.about,
        "is_undo": reason.is_undo,
    }


def _update_queue(decision: Decision) -> None:
    if decision.to_state != State.HELD:
        return
    if decision.from_state == State.SCREENING:
        open_item(decision)
    elif decision.is_undo:
        reopen_item(decision)
