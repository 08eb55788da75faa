"""Why an item stands where it stands in the line, in words."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _

from comments.models import QueueItem
from comments.priority import BY_SCREENER, Severity
from comments.screening.reasons import NAMES

SEVERITIES = {
    Severity.ROUTINE: _("routine"),
    Severity.NOTABLE: _("notable"),
    Severity.SERIOUS: _("serious"),
    Severity.URGENT: _("urgent"),
}

UNNAMED = _("the screening was unsure")


def severity_name(item: QueueItem) -> str:
    return str(SEVERITIES[Severity(item.severity)])


def allowance(item: QueueItem) -> str:
    """How long the item may wait: '4 hours'."""
    return timesince(item.opened_at, item.due_at, depth=1)


def because(item: QueueItem) -> str:
    """What set the time: the gravest of the findings."""
    if item.kind == QueueItem.Kind.APPEAL:
        return str(_("an appeal"))
    return ", ".join(dict.fromkeys(_gravest(item.findings)))


def _gravest(findings: Iterable[Mapping[str, Any]]) -> list[str]:
    graded = [
        (BY_SCREENER.get(f["screener"], Severity.NOTABLE), f["screener"])
        for f in findings
    ]
    top = max((grade for grade, _name in graded), default=None)
    return [str(NAMES.get(name, UNNAMED)) for grade, name in graded if grade == top]
