"""What the desk says of what was done, and of what was left alone."""

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comments.actions.deciding import StaleDecision
from comments.actions.undoing import Obstacle
from comments.actions.verdicts import ClaimedByColleague
from comments.desk import summary
from comments.models import Decision, QueueItem, SecondOpinion
from comments.states import Measure, State


def said(given: Decision | SecondOpinion, item: QueueItem) -> str:
    if isinstance(given, SecondOpinion):
        return _of_second_opinion(given)
    if given.measure == Measure.OVERTURN:
        return _("Overturned. The author gets your reason by mail.")
    if given.measure == Measure.UPHOLD:
        return _("Upheld. The author gets your reason by mail.")
    if item.kind == QueueItem.Kind.REPORTED:
        return _of_reports(given)
    if given.to_state == State.PUBLISHED:
        return _("Published. The author gets a mail.")
    return _("Rejected. The author gets the rule and your explanation by mail.")


def _of_second_opinion(opinion: SecondOpinion) -> str:
    if opinion.agrees:
        return _(
            "This was a blind second look at a decided comment. You agree with the "
            "first decision; nothing was changed."
        )
    return _(
        "This was a blind second look at a decided comment. The first decision was "
        "another; it stands, and nothing was changed."
    )


def _of_reports(given: Decision) -> str:
    if given.to_state == State.REMOVED:
        return _(
            "Removed. The author gets the rule and your explanation by mail; who "
            "reported it hears of it."
        )
    return _("Left up. Who reported it hears of it.")


def why_stale(stale: StaleDecision, item: QueueItem) -> str:
    if isinstance(stale, ClaimedByColleague):
        return whose_claim(item)
    return summary(stale.decision) if stale.decision else _("it has changed")


def whose_claim(item: QueueItem) -> str:
    until = item.claimed_until or timezone.now()
    words = {"who": item.claimed_by, "time": clock(until)}
    return _("%(who)s has it until %(time)s") % words


def why_not(item: QueueItem) -> str:
    """Why nothing could be done with the item as it is now."""
    nothing = _("Nothing was changed: %(why)s.")
    if item.is_open:
        return nothing % {"why": whose_claim(item)}
    first = item.closing_decision
    if first is None:
        return nothing % {"why": _("it no longer waits")}
    decided = _("it is decided already (%(decision)s)") % {"decision": summary(first)}
    return nothing % {"why": decided}


def clock(moment: Any) -> str:
    """The time, with the date when it is another day."""
    local = timezone.localtime(moment)
    today = local.date() == timezone.localdate()
    return date_format(local, "TIME_FORMAT" if today else "DATETIME_FORMAT")


WHY_NOT_UNDONE: dict[Obstacle, Any] = {
    Obstacle.TOO_LATE: gettext_lazy(
        "Too late to undo: the mail may be on its way. You can still reverse it on "
        "the comment’s page, with a word to the author."
    ),
    Obstacle.RULING: gettext_lazy(
        "The answer to an appeal can’t be undone. The comment’s page lets you remove "
        "or restore the comment, with a word to the author."
    ),
    Obstacle.CHANGED: gettext_lazy(
        "Nothing was undone: something has happened to the comment since. Its page "
        "shows all decisions."
    ),
}
