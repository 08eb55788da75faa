"""Counts for each of some people or texts, none of which reads more than its limit."""

from collections.abc import Iterable
from typing import Any

from django.db.models import IntegerField, OuterRef, QuerySet, Subquery

from comments.models import Comment
from comments.states import State


class CountOf(Subquery):
    """How many rows a query finds; give it a slice, and the database stops there."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


class CountAmong(CountOf):
    """How many of the rows, cut off already, are in one of some states."""

    template = (
        "(SELECT COUNT(*) FROM (%(subquery)s) counted WHERE state IN (%(states)s))"
    )

    def __init__(self, rows: QuerySet[Any, Any], states: Iterable[State]) -> None:
        named = ", ".join(f"'{State(state)}'" for state in states)
        super().__init__(rows.values("state"), states=named)


def latest_of(author: OuterRef | int, most: int) -> QuerySet[Comment, Any]:
    """Ids of somebody's newest comments."""
    newest = Comment.objects.filter(author=author).order_by("-created_at")
    return newest.values("pk")[:most]
