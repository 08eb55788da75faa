"""The line of what waits, and a decision in a sentence."""

from django.db.models import Q
from django.utils.translation import gettext as _

from comments.models import Decision, QueueItem


def next_item(after: QueueItem) -> QueueItem | None:
    """The item to look at after this one: the next in line, or else the first."""
    line = QueueItem.objects.waiting().in_line().exclude(pk=after.pk)
    later = Q(due_at__gt=after.due_at) | Q(due_at=after.due_at, pk__gt=after.pk)
    return line.filter(later).first() or line.first()


def summary(decision: Decision) -> str:
    """One decision in a sentence, for colleagues."""
    who = decision.decider or decision.get_decider_kind_display()
    words = {"who": who, "what": decision.outcome_label}
    return _("%(who)s: %(what)s") % words
