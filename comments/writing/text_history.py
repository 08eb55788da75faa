"""The public history of a published comment: each text, and what was changed in it."""

from dataclasses import dataclass
from typing import Any

from comments.diffs import Piece, changes
from comments.models import Comment, Decision, Revision
from comments.states import State
from comments.writing.edits import public_texts

MOST_SHOWN = 20


@dataclass(frozen=True)
class Version:
    """One text, and how it differs from the one before."""

    text: Revision
    pieces: list[Piece]
    is_first: bool = False


@dataclass(frozen=True)
class TextHistory:
    """Newest first."""

    versions: list[Version]
    is_cut: bool = False


def history_of(comment: Comment) -> TextHistory:
    """What has stood there since the window for quiet edits closed."""
    assert comment.published_at is not None  # noqa: S101  # published; the database holds it
    texts = public_texts(_accepted(comment), comment.published_at)
    shown = texts[-MOST_SHOWN:]
    before: list[Revision | None] = [None, *shown]
    pairs = zip(before, shown, strict=False)
    versions = [_version(old, text) for old, text in pairs]
    return TextHistory(versions[::-1], len(texts) > MOST_SHOWN)


def _version(old: Revision | None, text: Revision) -> Version:
    pieces = changes(old.source if old else text.source, text.source)
    return Version(text, pieces, is_first=old is None)


def _accepted(comment: Comment) -> list[Revision]:
    """Without those that stood hidden after reports: what replaced them is the answer
    to that, and nothing should bring them back."""
    accepted = comment.revisions.filter(
        state=State.PUBLISHED, accepted_at__isnull=False
    )
    hidden = Decision.objects.filter(
        comment=comment, from_state=State.PUBLISHED, to_state=State.HELD
    )
    apart: Any = hidden.exclude(revision=comment.accepted_revision_id)
    return list(accepted.exclude(pk__in=apart.values("revision")).order_by("number"))
