"""The published comments of a page as schema.org has them, nested as they answer."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from comments.models import Comment
from comments.states import State
from ethicsforum.markup import plain_text

MOST = 50


def comment_data(comments: Iterable[Comment]) -> tuple[list[dict[str, Any]], int]:
    """The first of them; each below the one it answers, if that is among them. And how
    many they are."""
    public = [c for c in comments if c.state == State.PUBLISHED and c.accepted_revision]
    made: dict[int, dict[str, Any]] = {}
    roots: list[dict[str, Any]] = []
    told = public[:MOST]
    for comment in told:
        data = made[comment.pk] = _one(comment)
        above = made.get(comment.parent_id or 0)
        if above is None:
            roots.append(data)
        else:
            above.setdefault("comment", []).append(data)
    return roots, len(told)


def _one(comment: Comment) -> dict[str, Any]:
    address = settings.SITE_URL + comment.get_absolute_url()
    text = comment.accepted_revision
    return {
        "@type": "Comment",
        "@id": address,
        "url": address,
        "author": {"@type": "Person", "name": comment.author_name},
        "datePublished": comment.published_at,
        "text": plain_text(text.html) if text else "",
    }
