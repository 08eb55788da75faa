"""The tasks of the discussion that are nudged; `ethicsforum.dispatch` says how."""

from ethicsforum import dispatch as gate
from ethicsforum.dispatch import enqueue

__all__ = ["ANNOUNCE", "BULK", "DELIVER", "DELIVER_DIGEST", "SCREEN", "enqueue", "send"]

SCREEN = "comments.screen"
DELIVER = "comments.deliver"
BULK = "comments.bulk"
ANNOUNCE = "comments.announce"
DELIVER_DIGEST = "comments.deliver_digest"


def send(task: str, pk: int, *, after: float = 0) -> bool:
    return gate.send(task, pk, after=after)
