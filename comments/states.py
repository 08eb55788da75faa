"""The states of a text and the moves between them. The only table of both."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    SCREENING = "screening", _("being screened")
    HELD = "held", _("waiting for a moderator")
    PUBLISHED = "published", _("published")
    REJECTED = "rejected", _("rejected")
    REMOVED = "removed", _("removed")
    WITHDRAWN = "withdrawn", _("withdrawn")


ALLOWED: dict[State, frozenset[State]] = {
    State.SCREENING: frozenset(
        {State.PUBLISHED, State.HELD, State.REJECTED, State.WITHDRAWN}
    ),
    State.HELD: frozenset(
        {State.PUBLISHED, State.REJECTED, State.REMOVED, State.WITHDRAWN}
    ),
    State.PUBLISHED: frozenset({State.HELD, State.REMOVED, State.WITHDRAWN}),
    State.REJECTED: frozenset({State.HELD, State.PUBLISHED, State.WITHDRAWN}),
    State.REMOVED: frozenset({State.HELD, State.PUBLISHED}),
    State.WITHDRAWN: frozenset(),
}

WAITING = frozenset({State.SCREENING, State.HELD})
"""No final word yet."""

REFUSED = frozenset({State.REJECTED, State.REMOVED})
"""Taken from the public under a rule; a reason is owed."""


class DeciderKind(models.TextChoices):
    MACHINE = "machine", _("the screening machine")
    MODERATOR = "moderator", _("a moderator")
    AUTHOR = "author", _("the author")


class Measure(models.TextChoices):
    """What is decided without moving a text."""

    KEEP = "keep", _("left up")
    UPHOLD = "uphold", _("upheld")
    OVERTURN = "overturn", _("overturned")
    WARN = "warn", _("warning")
    LIMIT = "limit", _("limit")
    SUSPEND = "suspend", _("suspension")
    LIFT = "lift", _("lifted")


ACCOUNT_MEASURES = frozenset({Measure.WARN, Measure.LIMIT, Measure.SUSPEND})
"""Against a member; a rule and a reason are owed, as for a refusal."""

ABOUT_ACCOUNTS = ACCOUNT_MEASURES | {Measure.LIFT}
"""For or against a member. The public learns of them, but not whom they were about."""

MACHINE_MAY = frozenset({State.PUBLISHED, State.HELD, State.REJECTED})
AUTHOR_MAY = frozenset({State.WITHDRAWN})
MODERATOR_MAY = frozenset({State.PUBLISHED, State.HELD, State.REJECTED, State.REMOVED})
"""Back to held only by undoing a decision of their own."""

MAY: dict[DeciderKind, frozenset[State]] = {
    DeciderKind.MACHINE: MACHINE_MAY,
    DeciderKind.MODERATOR: MODERATOR_MAY,
    DeciderKind.AUTHOR: AUTHOR_MAY,
}


class IllegalTransition(Exception):
    """The table has no such move, or not for this kind of decider."""


def require_allowed(source: State, target: State, kind: DeciderKind) -> None:
    if target not in ALLOWED[source] or target not in MAY[kind]:
        raise IllegalTransition(f"{kind} may not move {source} to {target}")
