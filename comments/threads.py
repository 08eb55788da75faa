"""Rows in path order to a nested list, in one pass. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

STEP = 10
"""Characters of one level in a path: the comment's id in hexadecimal."""

MAX_DEPTH = 40
"""Deeper replies stand beside the comment they answer."""

END = "g"
"""Sorts after every hexadecimal digit: a path and this ends what begins with it."""


@dataclass(frozen=True)
class Place:
    """Where a row stands: whether a list follows it, and what to close after it."""

    leaf: bool
    """Nothing answers it here, so it ends with itself."""
    closes: int
    """How many lists of replies, each with the row around it, end after it."""

    @property
    def closing(self) -> range:
        return range(self.closes)


ALONE = Place(leaf=True, closes=0)


@dataclass(frozen=True)
class Replies:
    """How many stand below a row."""

    count: int = 0
    at_least: bool = False
    """There are more than were counted."""


NO_REPLIES = Replies()


def path_of(pk: int, parent_path: str) -> str:
    """The path of a comment; sorting by it gives reading order, oldest first."""
    trunk = parent_path[: STEP * MAX_DEPTH]
    return f"{trunk}{pk:0{STEP}x}"


def pk_of(path: str) -> int:
    return int(path[-STEP:], 16)


def depth_of(path: str) -> int:
    return len(path) // STEP - 1


def root_of(path: str) -> str:
    return path[:STEP]


def ancestors_of(path: str) -> list[str]:
    return [path[:end] for end in range(STEP, len(path), STEP)]


def above(path: str, levels: int) -> str:
    """The path so many levels up, or the root's where there are not so many."""
    return path[: max(STEP, len(path) - levels * STEP)]


def nest(paths: Iterable[str]) -> list[Place]:
    """One Place per path. Rendering them in order gives well-formed nested lists."""
    depths = _depths(list(paths))
    after = [*depths[1:], 0]
    return [
        Place(leaf=next_ <= depth, closes=max(0, depth - next_))
        for depth, next_ in zip(depths, after, strict=False)
    ]


def count_replies(
    paths: Sequence[str], uncounted: Iterable[str] = ()
) -> dict[str, Replies]:
    """What stands below each path; `uncounted`: paths known of beside the given."""
    counts = dict.fromkeys(paths, 0)
    for path in paths:
        for ancestor in ancestors_of(path):
            if ancestor in counts:
                counts[ancestor] += 1
    open_ended = {upper for path in uncounted for upper in ancestors_of(path)}
    return {path: Replies(n, path in open_ended) for path, n in counts.items()}


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
