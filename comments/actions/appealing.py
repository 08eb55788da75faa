"""Appeals: lodged, talked about, and ruled on by somebody else."""

from typing import Any

from comments.actions.verdicts import Verdict
from comments.models import Decision, QueueItem


def rule_on(item: QueueItem, verdict: Verdict, *, moderator: Any) -> Decision:
    raise NotImplementedError
