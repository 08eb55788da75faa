"""Comments as one viewer sees them: a fixed number of queries for any number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from articles.models import Article
from comments.models import Appeal, Comment, Decision, QueueItem, Revision
from comments.policies import Action, actions_for
from comments.reading.attention import muted_among
from comments.reading.ballots import Ballot, ballots_for
from comments.screening.reasons import for_author
from comments.states import State


@dataclass
class Entry:
    """A comment as one viewer sees it."""

    comment: Comment
    actions: frozenset[Action]
    is_new: bool = False
    """Published since the viewer's last visit."""
    next_new: str = ""
    """Where the next of those stands."""
    muted: bool = False
    """By a person the viewer wants to hear less of: shown folded."""
    ballot: Ballot | None = None
    """What the viewer may see of its votes."""
    own: Revision | None = None
    """The author's newer text that others don't see."""
    why: list[str] = field(default_factory=list)
    """To the author: why that text waits."""
    refusal: Decision | None = None
    """The decision that rejected or removed it."""
    appeal: Appeal | None = None
    """To the author: what they lodged against it."""

    @property
    def path(self) -> str:
        return self.comment.path

    @property
    def is_tombstone(self) -> bool:
        gone = self.comment.state in (State.REMOVED, State.WITHDRAWN)
        return gone or self.is_concealed

    @property
    def is_concealed(self) -> bool:
        """Hidden after reports, from everybody but its author."""
        return self.comment.is_hidden and self.own is None

    @property
    def html(self) -> str:
        shown = self.comment.accepted_revision or self.own
        return shown.html if shown else ""

    @property
    def pending_edit(self) -> Revision | None:
        return self.own if self.comment.state == State.PUBLISHED else None


def entries_of(
    comments: Sequence[Comment], article: Article, viewer: Any
) -> list[Entry]:
    """As they stand in the discussion of one article."""
    for comment in comments:
        comment.article = article
    entries = entries_for(comments, viewer)
    ballots = ballots_for(viewer, comments)
    muted = muted_among(viewer, (comment.author_id for comment in comments))
    for entry in entries:
        entry.ballot = ballots[entry.comment.pk]
        # A tombstone has nothing to fold, and doesn't say whose it is.
        entry.muted = not entry.is_tombstone and entry.comment.author_id in muted
    return entries


def entries_for(comments: Sequence[Comment], viewer: Any) -> list[Entry]:
    """Wherever they stand, with what their author alone sees."""
    entries = [Entry(comment, actions_for(viewer, comment)) for comment in comments]
    _add_refusals(entries)
    if viewer.is_authenticated:
        _add_own_texts(entries, viewer)
        _add_appeals(entries, viewer)
    return entries


def _add_refusals(entries: Iterable[Entry]) -> None:
    """One query: the decision that removed each removed comment, with its rule."""
    removed = [e.comment.pk for e in entries if e.comment.state == State.REMOVED]
    decisions = _decisions(comment__in=removed, to_state=State.REMOVED)
    latest = {decision.comment_id: decision for decision in decisions}
    for entry in entries:
        entry.refusal = latest.get(entry.comment.pk)


def _add_own_texts(entries: Iterable[Entry], viewer: Any) -> None:
    mine = [e.comment.pk for e in entries if e.comment.author_id == viewer.pk]
    own = {r.comment_id: r for r in Revision.objects.unaccepted_of(viewer, mine)}
    ids = [revision.pk for revision in own.values()]
    rejections = {
        d.revision_id: d for d in _decisions(revision__in=ids, to_state=State.REJECTED)
    }
    why = _why_held(ids)
    for entry in entries:
        revision = own.get(entry.comment.pk)
        if revision is not None and not _superseded(entry, revision):
            entry.own = revision
            entry.why = why.get(revision.pk, [])
            entry.refusal = entry.refusal or rejections.get(revision.pk)


def _add_appeals(entries: Iterable[Entry], viewer: Any) -> None:
    """One query, for those who have something to appeal."""
    own = {
        entry.refusal.pk: entry
        for entry in entries
        if entry.refusal and entry.comment.author_id == viewer.pk
    }
    for appeal in Appeal.objects.of(viewer).filter(decision__in=own):
        own[appeal.decision_id].appeal = appeal


def _superseded(entry: Entry, revision: Revision) -> bool:
    accepted = entry.comment.accepted_revision
    return accepted is not None and accepted.number > revision.number


def _why_held(revisions: list[int]) -> dict[int, list[str]]:
    items = QueueItem.objects.waiting().first_looks().filter(revision__in=revisions)
    rows = items.values_list("revision", "findings")
    return {pk: [for_author(f) for f in findings] for pk, findings in rows}


def _decisions(**where: Any) -> Iterable[Decision]:
    """Oldest first, so that a dict of them keeps the latest."""
    return Decision.objects.filter(**where).select_related("rule").order_by("pk")
