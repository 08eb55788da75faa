"""Of the items that a moderator selected: which can be decided now, and why not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from comments.desk.line import summary
from comments.models import QueueItem


@dataclass(frozen=True)
class Left:
    """An item that is left alone, and why."""

    item: QueueItem
    why: str


@dataclass(frozen=True)
class Selection:
    will: Sequence[QueueItem]
    wont: Sequence[Left]


def sort_out(items: Iterable[QueueItem], viewer: Any) -> Selection:
    rows = list(items)
    prefetch_related_objects(rows, "first_decision")
    reasons = [(row, why_not(row, viewer)) for row in rows]
    return Selection(
        will=[row for row, why in reasons if not why],
        wont=[Left(row, why) for row, why in reasons if why],
    )


def why_not(item: QueueItem, viewer: Any) -> str:
    """Why this person can't decide the item together with others; empty if they can."""
    if not item.is_open:
        return _decided(item)
    claimant = item.claimant()
    if claimant is not None and claimant != viewer:
        return _("%(who)s has claimed it") % {"who": claimant}
    if item.first_decision and item.first_decision.decider_id == viewer.pk:
        return _("somebody else must look at it: you decided it before")
    if item.kind == QueueItem.Kind.APPEAL:
        return _("an appeal is heard by itself, with a reason of its own")
    return ""


def _decided(item: QueueItem) -> str:
    decision = item.closing_decision
    if decision is None:
        return _("it is done already")
    return _("decided already (%(summary)s)") % {"summary": summary(decision)}
