"""Rows in path order to a nested list, in one pass. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

STEP = 10
"""Characters of one level in a path: the comment's id in hexadecimal."""

MAX_DEPTH = 40
"""Deeper replies stand beside the comment they answer."""


class Row(Protocol):
    @property
    def path(self) -> str: ...

    @property
    def may_vanish(self) -> bool: ...


R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class Place:
    """Where a row stands: what to open before it and what to close after it."""

    opens: bool
    """A list of replies begins before this row."""
    leaf: bool
    """Nothing answers it here, so it ends with itself."""
    closes: int
    """How many lists of replies, each with the row around it, end after it."""

    @property
    def closing(self) -> range:
        return range(self.closes)


ALONE = Place(opens=False, leaf=True, closes=0)


def path_of(pk: int, parent_path: str) -> str:
    """The path of a comment; sorting by it gives reading order, oldest first."""
    trunk = parent_path[: STEP * MAX_DEPTH]
    return f"{trunk}{pk:0{STEP}x}"


def depth_of(path: str) -> int:
    return len(path) // STEP - 1


def ancestors_of(path: str) -> list[str]:
    return [path[:end] for end in range(STEP, len(path), STEP)]


def without_bare_tombstones(rows: Sequence[R]) -> list[R]:
    """Drops a withdrawn comment that nobody answered: it has nothing to say."""
    kept: list[R] = []
    for row in reversed(rows):
        answered = bool(kept) and kept[-1].path.startswith(row.path)
        if answered or not row.may_vanish:
            kept.append(row)
    return kept[::-1]


def nest(paths: Iterable[str]) -> list[Place]:
    """One Place per path. Rendering them in order gives well-formed nested lists."""
    depths = _depths(list(paths))
    before = [0, *depths]
    after = [*depths[1:], 0]
    return [
        Place(opens=depth > prior, leaf=next_ <= depth, closes=max(0, depth - next_))
        for prior, depth, next_ in zip(before, depths, after, strict=False)
    ]


def _depths(paths: list[str]) -> list[int]:
    """Depth among the rows that are there: an absent parent leaves no gap."""
    open_paths: list[str] = []
    depths: list[int] = []
    for path in paths:
        while open_paths and not path.startswith(open_paths[-1]):
            open_paths.pop()
        depths.append(len(open_paths))
        open_paths.append(path)
    return depths
