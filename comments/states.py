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

MACHINE = frozenset({DeciderKind.MACHINE})
MODERATOR = frozenset({DeciderKind.MODERATOR})
AUTHOR = frozenset({DeciderKind.AUTHOR})
ABOUT_ACCOUNTS = ACCOUNT_MEASURES | {Measure.LIFT}
"""For or against a member. The public learns of them, but not whom they were about."""

MOVES: dict[State, dict[State, frozenset[DeciderKind]]] = {
    State.SCREENING: {
        State.PUBLISHED: MACHINE,
        State.HELD: MACHINE,
        # A moderator: an edit goes with the published text that is removed.
        State.REJECTED: MACHINE | MODERATOR,
        State.WITHDRAWN: AUTHOR,
    },
    State.HELD: {
        State.PUBLISHED: MODERATOR,
        State.REJECTED: MODERATOR,
        State.REMOVED: MODERATOR,
        State.WITHDRAWN: AUTHOR,
    },
    State.PUBLISHED: {
        # The machine after reports; a moderator who undoes.
        State.HELD: MACHINE | MODERATOR,
        State.REMOVED: MODERATOR,
        State.WITHDRAWN: AUTHOR,
    },
    State.REJECTED: {State.PUBLISHED: MODERATOR, State.HELD: MODERATOR},
    State.REMOVED: {State.PUBLISHED: MODERATOR, State.HELD: MODERATOR},
    State.WITHDRAWN: {},
}
"""From where to where, and who may. Back to held a moderator comes only by undoing."""


class IllegalTransition(Exception):
    """The table has no such move, or not for this kind of decider."""


def is_allowed(source: State, target: State, kind: DeciderKind) -> bool:
    return kind in MOVES[source].get(target, ())


def require_allowed(source: State, target: State, kind: DeciderKind) -> None:
    if not is_allowed(source, target, kind):
        raise IllegalTransition(f"{kind} may not move {source} to {target}")


def diagram() -> str:
    """The table of moves as a Mermaid state diagram."""
    arrows = [
        f"    {source} --> {target}: {' or '.join(sorted(kinds))}"
        for source, targets in MOVES.items()
        for target, kinds in targets.items()
    ]
    return "\n".join(["stateDiagram-v2", f"    [*] --> {State.SCREENING}", *arrows])
