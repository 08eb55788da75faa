"""What a comment answers: the chain of comments above it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from comments.models import Comment
from comments.threads import STEP, ancestors_of

NEAR = 3
"""How many of the last are shown in full."""


@dataclass(frozen=True)
class Ancestors:
    """The chain above a comment, the first one first."""

    near: Sequence[Comment] = ()
    far: Sequence[Comment] = ()
    """Those before, where they were asked for."""
    far_count: int = 0


NONE_ABOVE = Ancestors()


def chain_of(comment: Comment) -> list[int]:
    """Ids of all that stand above the comment, the first one first."""
    chain = [int(path[-STEP:], 16) for path in ancestors_of(comment.path)]
    # Below the deepest level a path ends with a sibling's; the parent is the row's own.
    if comment.parent_id and comment.parent_id not in chain:
        chain.append(comment.parent_id)
    return chain


def ancestors(comments: Iterable[Comment], near: int = NEAR) -> dict[int, Ancestors]:
    """The last few above each comment, for any number of comments, in one query."""
    chains = {comment.pk: chain_of(comment) for comment in comments}
    rows = _rows(pk for chain in chains.values() for pk in chain[-near:])
    return {
        pk: Ancestors(
            near=[rows[above] for above in chain[-near:] if above in rows],
            far_count=len(chain[:-near]),
        )
        for pk, chain in chains.items()
    }


def far_ancestors(comment: Comment, near: int = NEAR) -> list[Comment]:
    chain = chain_of(comment)[:-near]
    rows = _rows(chain)
    return [rows[pk] for pk in chain if pk in rows]


def _rows(ids: Iterable[int]) -> dict[int, Comment]:
    return Comment.objects.select_related("author", "accepted_revision").in_bulk(
        list(set(ids))
    )
