"""The screeners: each looks at the facts and speaks, or keeps silent.

A screener may hold; only an exact repeat of what a moderator refused may reject.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from comments.screening.facts import Facts, Finding, Outcome, Thresholds
from comments.screening.text import capitals, watched_phrases

Screener = Callable[[Facts, Thresholds], Finding | None]

SHOUTING_LETTERS = 40
"""Fewer letters than this can't shout: abbreviations would."""

CERTAIN_LENGTH = 20
"""A shorter text, word for word the same, may still mean something else."""


def refused_before(facts: Facts, limits: Thresholds) -> Finding | None:
    if facts.refused_before is None:
        return None
    certain = facts.refusal_is_certain and len(facts.text) >= CERTAIN_LENGTH
    outcome = Outcome.REJECT if certain else Outcome.HOLD
    return Finding("refused-before", outcome, rule=facts.refused_before)


def new_member(facts: Facts, limits: Thresholds) -> Finding | None:
    if facts.author_is_staff or facts.author_accepted >= limits.first_comments_held:
        return None
    saw = {"accepted": facts.author_accepted, "needed": limits.first_comments_held}
    return Finding("new-member", Outcome.HOLD, saw)


def under_review(facts: Facts, limits: Thresholds) -> Finding | None:
    """A new text must not slip past the moderator who has yet to read the old one."""
    return Finding("under-review", Outcome.HOLD) if facts.under_review else None


def limited(facts: Facts, limits: Thresholds) -> Finding | None:
    if facts.author_limited is None:
        return None
    saw = {"until": facts.author_limited.isoformat()}
    return Finding("limited", Outcome.HOLD, saw)


def links(facts: Facts, limits: Thresholds) -> Finding | None:
    if len(facts.links) <= limits.max_links:
        return None
    hosts = dict.fromkeys(urlsplit(link).hostname or link for link in facts.links)
    saw = {"count": len(facts.links), "limit": limits.max_links}
    return Finding("links", Outcome.HOLD, {**saw, "hosts": ", ".join([*hosts][:10])})


def watched_words(facts: Facts, limits: Thresholds) -> Finding | None:
    phrases = tuple(watched.phrase for watched in facts.watched)
    seen = watched_phrases(facts.text, phrases)
    if not seen:
        return None
    first = next(watched for watched in facts.watched if watched.phrase == seen[0])
    saw = {"phrases": ", ".join(seen), "note": first.note}
    return Finding("watched-word", Outcome.HOLD, saw, rule=first.rule)


def repeat(facts: Facts, limits: Thresholds) -> Finding | None:
    if not facts.repeats:
        return None
    saw = {"count": facts.repeats, "hours": limits.repeat_hours}
    return Finding("repeat", Outcome.HOLD, saw)


def flood(facts: Facts, limits: Thresholds) -> Finding | None:
    if facts.author_is_staff or facts.author_recent < limits.flood_comments:
        return None
    saw = {"count": facts.author_recent, "minutes": limits.flood_minutes}
    return Finding("flood", Outcome.HOLD, saw)


def shouting(facts: Facts, limits: Thresholds) -> Finding | None:
    letters, share = capitals(facts.text)
    if letters < SHOUTING_LETTERS or share <= limits.shouting_ratio:
        return None
    return Finding("shouting", Outcome.HOLD, {"percent": round(share * 100)})


def classifier(facts: Facts, limits: Thresholds) -> Finding | None:
    answer = facts.classifier
    if answer is None:
        return None
    if answer.score is None or not 0 <= answer.score <= 1:
        return Finding("classifier-failed", Outcome.HOLD, {"why": answer.failed})
    if answer.score < limits.classifier_score:
        return None
    percent = round(answer.score * 100)
    return Finding("classifier", Outcome.HOLD, {"percent": percent, "by": answer.model})


SCREENERS: tuple[Screener, ...] = (
    refused_before,
    under_review,
    watched_words,
    links,
    repeat,
    flood,
    shouting,
    classifier,
    limited,
    new_member,
)
