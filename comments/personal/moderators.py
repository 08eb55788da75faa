"""What a moderator leaves behind."""

from django.utils.translation import gettext_lazy as _

from comments.actions import departing
from comments.personal.members import COLLEAGUES
from ethicsforum.accounts.privacy.registry import (
    End,
    Holding,
    declare,
)

DECIDED = _(
    "A decision must stay for whom it concerned. It names a former moderator, no more."
)

declare(
    Holding(
        "comments.Decision",
        "decider",
        _("decisions you made as a moderator"),
        End.KEPT,
        ("id", "created_at", "comment", "to_state", "measure", "explanation"),
        why=DECIDED,
        of_staff=True,
    ),
    Holding(
        "comments.BulkRejection",
        "moderator",
        _("refusals in bulk that you ordered"),
        End.KEPT,
        ("created_at", "explanation", "decided"),
        why=DECIDED,
        of_staff=True,
    ),
    Holding(
        "comments.Note",
        "author",
        _("notes you wrote as a moderator"),
        End.UNLINKED,
        ("created_at", "text"),
        why=COLLEAGUES,
        of_staff=True,
    ),
    Holding(
        "comments.Presence",
        "moderator",
        _("items you had open at the desk"),
        End.ERASED,
        ("item", "seen_at"),
        of_staff=True,
    ),
    Holding(
        "comments.SecondOpinion",
        "moderator",
        _("second opinions you gave"),
        End.UNLINKED,
        ("created_at", "approves", "rule__title"),
        why=COLLEAGUES,
        of_staff=True,
    ),
    Holding(
        "comments.QueueItem",
        "claimed_by",
        _("items you had claimed"),
        End.UNLINKED,
        ("id", "claimed_until"),
        why=COLLEAGUES,
        of_staff=True,
        erase=departing.let_go_of_claims,
    ),
    Holding(
        "comments.QueueItem",
        "escalated_by",
        _("items you passed on"),
        End.UNLINKED,
        ("id", "escalated_at"),
        why=COLLEAGUES,
        of_staff=True,
    ),
    Holding(
        "comments.ScreeningChange",
        "changed_by",
        _("changes of words and thresholds you made"),
        End.UNLINKED,
        ("number", "what", "created_at"),
        why=COLLEAGUES,
        of_staff=True,
    ),
    Holding(
        "comments.RuleVersion",
        "changed_by",
        _("changes of house rules you made"),
        End.UNLINKED,
        ("rule__code", "number", "created_at"),
        why=COLLEAGUES,
        of_staff=True,
    ),
)
