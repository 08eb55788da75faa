"""A look at a text before it is sent: would it wait for a moderator, and why.

The screeners are those that screen, but only those whose finding the writer can do
something about; that somebody is new here is no news to them. Nothing is written.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from typing import Any

from django.utils import timezone

from comments.actions.screening import refusal_of, watched_words
from comments.models import Comment, Revision, ScreeningPolicy
from comments.screening import rules
from comments.screening.facts import Facts, Outcome, Thresholds
from comments.screening.pipeline import judge
from comments.screening.reasons import for_author
from comments.screening.text import text_key
from ethicsforum.markup import links

log = logging.getLogger(__name__)

CHANGEABLE = (
    rules.refused_before,
    rules.watched_words,
    rules.links,
    rules.repeat,
    rules.shouting,
)
SLOW = 2.0
"""Seconds after which an answer is no longer wanted: the text is on its way."""


@dataclass(frozen=True)
class SecondLook:
    why: tuple[str, ...] = ()
    is_refusal: bool = False
    """It would not wait, but come back."""

    def __bool__(self) -> bool:
        return bool(self.why)


NOTHING = SecondLook()


def second_look(
    text: str, *, author: Any, editing: Comment | None = None
) -> SecondLook:
    """Never in the way: when it fails or takes long, it has seen nothing."""
    start = monotonic()
    try:
        found = _look(text, author, editing)
    except Exception:
        log.exception("the second look failed")
        return NOTHING
    return found if monotonic() - start < SLOW else NOTHING


def _look(text: str, author: Any, editing: Comment | None) -> SecondLook:
    limits = ScreeningPolicy.current().thresholds()
    verdict = judge(_facts(text, author, editing, limits), limits, CHANGEABLE)
    spoken = [f.as_json() for f in verdict.findings if f.screener != "failed"]
    is_refusal = verdict.outcome == Outcome.REJECT
    return SecondLook(tuple(for_author(finding) for finding in spoken), is_refusal)


def _facts(
    text: str, author: Any, editing: Comment | None, limits: Thresholds
) -> Facts:
    key = text_key(text)
    refusal = refusal_of(key)
    return Facts(
        text=text,
        links=tuple(links(text)),
        watched=watched_words(),
        repeats=_repeats(key, author, editing, limits),
        refused_before=refusal.code if refusal else None,
        refusal_is_certain=bool(refusal and refusal.repeat_is_certain),
    )


def _repeats(key: str, author: Any, editing: Comment | None, limits: Thresholds) -> int:
    since = timezone.now() - timedelta(hours=limits.repeat_hours)
    same = Revision.objects.filter(
        text_key=key, comment__author=author, created_at__gte=since
    )
    others = same.exclude(comment=editing) if editing else same
    return others.values("comment").distinct().count()
