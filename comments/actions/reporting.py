"""Reports: made, weighed, and answered by a moderator."""

from typing import Any

from comments.actions.verdicts import Verdict
from comments.models import Decision, QueueItem


def decide_reported(item: QueueItem, verdict: Verdict, *, moderator: Any) -> Decision:
    raise NotImplementedError
