"""Where each made-up comment stands: under which article, and what it answers. Pure."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from comments.threads import depth_of, path_of

DEEPEST = 7
RECENT = 40
"""People answer what was said lately."""
ROOTS = 0.35


@dataclass(frozen=True, slots=True)
class Place:
    pk: int
    article: int
    parent: int | None
    path: str

    @property
    def depth(self) -> int:
        return depth_of(self.path)


def places(sizes: Sequence[int], seed: int = 1) -> Iterator[Place]:
    """Article 1 gets the first size, and so on; all discussions grow side by side."""
    law = Random(seed)  # noqa: S311  # the same data each time
    order = [article for article, size in enumerate(sizes, 1) for _ in range(size)]
    law.shuffle(order)
    recent: dict[int, deque[Place]] = {}
    for pk, article in enumerate(order, 1):
        said = recent.setdefault(article, deque(maxlen=RECENT))
        parent = _parent(law, said)
        path = path_of(pk, parent.path if parent else "")
        place = Place(pk, article, parent.pk if parent else None, path)
        if place.depth < DEEPEST:
            said.append(place)
        yield place


def _parent(law: Random, said: Sequence[Place]) -> Place | None:
    if not said or law.random() < ROOTS:
        return None
    return law.choice(said)
