"""What a moderator sends about an item of the queue."""

from dataclasses import dataclass

from comments.actions.deciding import Reason, StaleDecision


class ClaimedByColleague(StaleDecision):
    """A colleague has a running claim on the item; nothing was changed."""


@dataclass(frozen=True)
class Verdict:
    """To approve is to let the text be up: a held one, a reported one, one that an
    appeal asks to have back. `version` is the item's as the moderator saw it."""

    approves: bool
    version: int
    reason: Reason
