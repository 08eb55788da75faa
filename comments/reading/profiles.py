"""A member as everybody sees them, and as they see themselves: page by page."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q

from comments.models import Comment, Follow, Mute
from comments.models.comment import CommentQuerySet
from comments.reading.attention import Attention, attention_of
from comments.reading.entries import Entry, entries_for
from ethicsforum.ids import as_id

PAGE = 20


@dataclass(frozen=True)
class Profile:
    member: Any
    count: int
    """Published comments that everybody can read."""
    comments: list[Comment]
    older: int | None
    attention: Attention | None
    """None to visitors and to oneself."""


@dataclass(frozen=True)
class OwnComments:
    entries: list[Entry]
    older: int | None


def known_members(viewer: Any) -> Any:
    """Whoever has something public, whoever the viewer follows or mutes, oneself.

    Nobody's name is shown here who has only ever read.
    """
    writes = Comment.objects.public().filter(author=OuterRef("pk"))
    known = Q(Exists(writes))
    if viewer.is_authenticated:
        for chosen in (Follow, Mute):
            known |= Q(Exists(chosen.objects.of(viewer).filter(person=OuterRef("pk"))))
        known |= Q(pk=viewer.pk)
    return get_user_model().objects.filter(known)


def profile_of(member: Any, viewer: Any, before: str = "") -> Profile:
    public = Comment.objects.public().filter(author=member)
    comments, older = _page(public, before)
    stranger = viewer.is_authenticated and viewer != member
    attention = attention_of(viewer, member) if stranger else None
    return Profile(member, public.count(), comments, older, attention)


def own_comments(member: Any, before: str = "") -> OwnComments:
    comments, older = _page(Comment.objects.filter(author=member), before)
    return OwnComments(entries_for(comments, member), older)


def _page(rows: CommentQuerySet, before: str) -> tuple[list[Comment], int | None]:
    """One page, and the comment that the next one begins below."""
    place = _find(rows, before)
    wanted = rows.before(place).select_related("article", "author", "accepted_revision")
    found = list(wanted[: PAGE + 1])
    older = found[PAGE - 1].pk if found[PAGE:] else None
    return found[:PAGE], older


def _find(rows: CommentQuerySet, raw: str) -> Comment | None:
    pk = as_id(raw)
    return None if pk is None else rows.filter(pk=pk).first()
