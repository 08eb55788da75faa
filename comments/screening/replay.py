"""Texts that were screened before, screened again under other settings.

The screeners are the ones that screen today. The facts are those of the time: what
an author had written and got accepted when the text was screened. Only what a
moderator has since reversed counts as never refused.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from comments.screening.facts import (
    ClassifierAnswer,
    Facts,
    Finding,
    Thresholds,
    Verdict,
    Watched,
)
from comments.screening.pipeline import judge
from comments.screening.rules import SCREENERS, Screener


@dataclass(frozen=True)
class Settings:
    """What moderators and editors can change."""

    limits: Thresholds
    words: tuple[Watched, ...] = ()
    rules: Mapping[str, bool] = field(default_factory=dict)
    """Those in force, by code: may the machine reject an exact repeat?"""


class Written(NamedTuple):
    """That somebody wrote something, and when."""

    pk: int
    comment: int
    author: int | None
    text_key: str
    at: datetime


class Span(NamedTuple):
    """From when until when a comment of an author was public."""

    author: int | None
    start: datetime
    end: datetime | None


class Refusal(NamedTuple):
    """A text that a moderator refused, and still does."""

    text_key: str
    revision: int
    rule: str
    at: datetime


@dataclass(frozen=True)
class Past:
    """A text as it came to be screened."""

    written: Written
    screened_at: datetime
    text: str
    links: tuple[str, ...] = ()
    author_is_staff: bool = False
    own: Span | None = None
    """When its own comment was public; that one is not counted for it."""
    first_comments_held: int | None = None
    """The article's own threshold, if it has one."""
    classifier: ClassifierAnswer | None = None
    standing: tuple[Finding, ...] = ()
    """What was said about it then on grounds that no setting changes."""


class Archive:
    """What was there before each text; a look into sorted lists."""

    def __init__(
        self,
        written: Iterable[Written] = (),
        spans: Iterable[Span] = (),
        refusals: Iterable[Refusal] = (),
        accepted: Mapping[int, int] | None = None,
    ) -> None:
        """`accepted`: by author, what has been public since before any of the spans."""
        self._accepted = accepted or {}
        self._writings: dict[Any, list[tuple[datetime, int]]] = defaultdict(list)
        self._starts: dict[int | None, list[datetime]] = defaultdict(list)
        self._ends: dict[int | None, list[datetime]] = defaultdict(list)
        self._refusals: dict[str, list[Refusal]] = defaultdict(list)
        for row in written:
            for place in _places(row):
                self._writings[place].append((row.at, row.pk))
        for span in spans:
            self._starts[span.author].append(span.start)
            if span.end:
                self._ends[span.author].append(span.end)
        for refusal in refusals:
            self._refusals[refusal.text_key].append(refusal)
        for writings in self._writings.values():
            writings.sort()
        for times in (*self._starts.values(), *self._ends.values()):
            times.sort()

    def facts(self, past: Past, limits: Thresholds, settings: Settings) -> Facts:
        rule = self.refused_under(past, settings.rules)
        by_author, by_comment, same_by_author, same_by_comment = _places(past.written)
        flood = timedelta(minutes=limits.flood_minutes)
        repeat = timedelta(hours=limits.repeat_hours)
        return Facts(
            text=past.text,
            links=past.links,
            watched=settings.words,
            author_is_staff=past.author_is_staff,
            author_accepted=self._accepted_before(past),
            author_recent=self._others(past, flood, by_author, by_comment),
            repeats=self._others(past, repeat, same_by_author, same_by_comment),
            refused_before=rule,
            refusal_is_certain=bool(rule and settings.rules[rule]),
            classifier=past.classifier,
        )

    def refused_under(self, past: Past, rules: Iterable[str]) -> str | None:
        """The rule of the last refusal of this text before it was screened."""
        for refusal in reversed(self._refusals.get(past.written.text_key, [])):
            other = refusal.revision != past.written.pk
            if other and refusal.at < past.screened_at and refusal.rule in rules:
                return refusal.rule
        return None

    def _accepted_before(self, past: Past) -> int:
        author, now = past.written.author, past.screened_at
        if author is None:
            return 0
        begun = bisect_right(self._starts.get(author, []), now)
        over = bisect_right(self._ends.get(author, []), now)
        return self._accepted.get(author, 0) + begun - over - _covers(past.own, now)

    def _others(self, past: Past, within: timedelta, all_of: Any, own: Any) -> int:
        if past.written.author is None:
            return 0
        return self._before(past, within, all_of) - self._before(past, within, own)

    def _before(self, past: Past, within: timedelta, place: Any) -> int:
        times = self._writings.get(place, [])
        at = past.written.at
        first = bisect_left(times, (at - within, 0))
        return bisect_left(times, (at, past.written.pk)) - first


def replay(past: Past, archive: Archive, settings: Settings) -> Verdict:
    """What the settings would have made of the text."""
    limits = _limits_of(settings.limits, past.first_comments_held)
    facts = archive.facts(past, limits, settings)
    return judge(facts, limits, (*SCREENERS, *map(_again, past.standing)))


def _again(finding: Finding) -> Screener:
    def says_it_again(facts: Facts, limits: Thresholds) -> Finding:
        return finding

    return says_it_again


@lru_cache(maxsize=64)
def _limits_of(limits: Thresholds, own: int | None) -> Thresholds:
    return limits if own is None else replace(limits, first_comments_held=own)


def _places(row: Written) -> tuple[Any, Any, Any, Any]:
    """The author's and the comment's texts, all of them and those that say the same."""
    author, comment = ("author", row.author), ("comment", row.comment)
    return author, comment, (*author, row.text_key), (*comment, row.text_key)


def _covers(span: Span | None, moment: datetime) -> bool:
    if span is None or span.start > moment:
        return False
    return span.end is None or span.end > moment
