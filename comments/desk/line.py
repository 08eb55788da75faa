"""The line of what waits, and a decision in a sentence."""

from django.utils.translation import gettext as _

from comments.models import Decision


def summary(decision: Decision) -> str:
    """One decision in a sentence, for colleagues."""
    who = decision.decider or decision.get_decider_kind_display()
    words = {"who": who, "what": decision.outcome_label}
    return _("%(who)s: %(what)s") % words
