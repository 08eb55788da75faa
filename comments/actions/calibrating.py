"""Second opinions: what share of decisions another moderator would share."""

from typing import Any

from comments.actions.verdicts import Verdict
from comments.models import QueueItem, SecondOpinion


def give_second_opinion(
    item: QueueItem, verdict: Verdict, *, moderator: Any
) -> SecondOpinion:
    raise NotImplementedError
