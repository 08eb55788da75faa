"""One verdict of a moderator about one item of the queue, whatever waits there."""

from typing import Any

from comments.actions import appealing, calibrating, reporting
from comments.actions.deciding import Decider, decide_item
from comments.actions.verdicts import ClaimedByColleague, Verdict
from comments.models import Decision, QueueItem, SecondOpinion
from comments.states import State

Kind = QueueItem.Kind


def judge_item(
    item: QueueItem, verdict: Verdict, *, moderator: Any
) -> Decision | SecondOpinion:
    """Do what the verdict says; StaleDecision when somebody was first."""
    claimant = item.claimant()
    if claimant is not None and claimant != moderator:
        raise ClaimedByColleague
    if item.kind == Kind.APPEAL:
        return appealing.rule_on(item, verdict, moderator=moderator)
    if item.kind == Kind.REPORTED:
        return reporting.decide_reported(item, verdict, moderator=moderator)
    if item.is_second_opinion:
        return calibrating.give_second_opinion(item, verdict, moderator=moderator)
    to = State.PUBLISHED if verdict.approves else State.REJECTED
    by = Decider.moderator(moderator)
    return decide_item(
        item, version=verdict.version, to=to, by=by, reason=verdict.reason
    )
