"""Where a comment stands on a page, and what is around it there. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from comments.reading.outline import FIRST, MOST_FOLDED, Row
from comments.threads import ALONE, NO_REPLIES, Place, Replies, count_replies, nest


@dataclass(frozen=True)
class Folded:
    """The rest of a branch, to be opened on its own page."""

    thread: int
    first: int
    """The first of them."""
    count: int
    at_least: bool


@dataclass(frozen=True)
class Spot:
    place: Place = ALONE
    replies: Replies = NO_REPLIES
    folded: Folded | None = None
    """After the last comment shown of a branch: what of it is not."""
    goes_on: bool = False
    """Its replies are too deep for this page."""


@dataclass(frozen=True)
class Branch:
    """A comment and what answers it, in reading order, as far as a page shows it."""

    shown: tuple[Row, ...]
    counted: tuple[str, ...] = ()
    """Paths of what is not shown, only counted;"""
    uncounted: tuple[str, ...] = ()
    """and of what is only known to be there."""
    folded: Folded | None = None
    deep: frozenset[str] = frozenset()
    """Paths of what goes on elsewhere, as it is too deep for this page."""

    @classmethod
    def under(cls, root: Row, replies: Sequence[Row], most: int = FIRST) -> Self:
        """Of all that answers a root the first are shown, and the next counted."""
        rest = replies[most:]
        paths = tuple(row.path for row in rest)
        counted = max(0, MOST_FOLDED - most)
        return cls(
            (root, *replies[:most]),
            paths[:counted],
            paths[counted:],
            _folded(root, rest) if rest else None,
        )


def spots_of(branch: Branch) -> list[Spot]:
    """Of the rows that are shown, in their order."""
    paths = [row.path for row in branch.shown]
    replies = count_replies([*paths, *branch.counted], branch.uncounted)
    return [
        Spot(
            place,
            replies[path],
            branch.folded if path == paths[-1] else None,
            path in branch.deep,
        )
        for path, place in zip(paths, nest(paths), strict=True)
    ]


def _folded(root: Row, rest: Sequence[Row]) -> Folded:
    count = min(len(rest), MOST_FOLDED)
    return Folded(root.pk, rest[0].pk, count, len(rest) > MOST_FOLDED)
