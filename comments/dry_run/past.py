"""What was screened lately, and what was there before it: a fixed number of queries."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from comments.dry_run.trial import Screened
from comments.models import Comment, Decision, Revision
from comments.screening.facts import ClassifierAnswer, Finding, Outcome
from comments.screening.replay import (
    Archive,
    Past,
    Refusal,
    Settings,
    Span,
    Written,
)
from comments.states import REFUSED, DeciderKind, State

MOST_TEXTS = 20_000
MOST_WRITINGS = 100_000

STANDING = frozenset({"limited", "under-review"})
"""About the author's account or the comment, not about words and thresholds."""

Rows = QuerySet[Decision, Any]


def screened_since(since: datetime) -> Rows:
    """The machine's first word on each text. The newest are taken first, by key, so
    that the cost stays the same in a forum of any size."""
    first_words = Decision.objects.filter(
        from_state=State.SCREENING, decider_kind=DeciderKind.MACHINE
    )
    newest = first_words.order_by("-pk").values("pk")[:MOST_TEXTS]
    rows = Decision.objects.filter(pk__in=newest, created_at__gte=since)
    by_human = Decision.objects.moves().filter(
        revision=OuterRef("revision"), decider_kind=DeciderKind.MODERATOR
    )
    found: Rows = rows.values(
        "created_at",
        "findings",
        "revision_id",
        "comment_id",
        source=F("revision__source"),
        text_key=F("revision__text_key"),
        written_at=F("revision__created_at"),
        state=F("revision__state"),
        author=F("comment__author"),
        is_staff=F("comment__author__is_staff"),
        published_at=F("comment__published_at"),
        comment_state=F("comment__state"),
        own_limit=F("comment__article__first_comments_held"),
        human=Subquery(by_human.order_by("-number").values("to_state")[:1]),
        gone_at=Subquery(_taken_down(OuterRef("comment"))),
    )
    return found


def _taken_down(comment: OuterRef) -> Any:
    """When the comment last ceased to be public."""
    downs = Decision.objects.filter(comment=comment, from_state=State.PUBLISHED)
    return downs.order_by("-number").values("created_at")[:1]


def text_of(row: Mapping[str, Any]) -> Screened:
    past = Past(
        written=Written(
            row["revision_id"],
            row["comment_id"],
            row["author"],
            row["text_key"],
            row["written_at"],
        ),
        screened_at=row["created_at"],
        text=row["source"],
        author_is_staff=bool(row["is_staff"]),
        own=_span(
            row["author"], row["published_at"], row["comment_state"], row["gone_at"]
        ),
        first_comments_held=row["own_limit"],
        classifier=_classified(row["findings"]),
        standing=tuple(_standing(row["findings"])),
    )
    return Screened(past, row["state"], row["human"])


def _span(
    author: int | None, start: datetime | None, state: str, gone_at: datetime | None
) -> Span | None:
    if start is None:
        return None
    return Span(author, start, None if state == State.PUBLISHED else gone_at)


def _classified(findings: Iterable[Mapping[str, Any]]) -> ClassifierAnswer | None:
    """What the classifier said, as far as it was kept: a low score was not."""
    for finding in findings:
        saw = finding.get("saw", {})
        if finding["screener"] == "classifier" and "percent" in saw:
            return ClassifierAnswer(saw["percent"] / 100, model=str(saw.get("by", "")))
        if finding["screener"] == "classifier-failed":
            return ClassifierAnswer(failed=str(saw.get("why", "")))
    return None


def _standing(findings: Iterable[Mapping[str, Any]]) -> Iterator[Finding]:
    for finding in findings:
        if finding["screener"] in STANDING:
            yield Finding(**{**finding, "outcome": Outcome(finding["outcome"])})


def archive_of(rows: Rows, since: datetime, *settings: Settings) -> Archive:
    authors = rows.values("comment__author")
    margin = max(
        max(
            timedelta(minutes=s.limits.flood_minutes),
            timedelta(hours=s.limits.repeat_hours),
        )
        for s in settings
    )
    comments = Comment.objects.filter(author__in=authors, published_at__isnull=False)
    always = comments.published().filter(published_at__lt=since)
    return Archive(
        written=_writings(authors, since - margin),
        spans=_spans(comments, since),
        refusals=_refusals(rows.values("revision__text_key")),
        accepted=dict(always.values_list("author").annotate(Count("pk"))),
    )


def _writings(authors: Any, since: datetime) -> Iterable[Written]:
    rows = Revision.objects.filter(comment__author__in=authors, created_at__gte=since)
    fields = ("pk", "comment", "comment__author", "text_key", "created_at")
    newest = rows.order_by("-pk").values_list(*fields)[:MOST_WRITINGS]
    return (Written(*row) for row in newest)


def _spans(comments: QuerySet[Comment], since: datetime) -> Iterable[Span]:
    changed = comments.filter(Q(published_at__gte=since) | ~Q(state=State.PUBLISHED))
    rows = changed.values_list(
        "author", "published_at", "state", Subquery(_taken_down(OuterRef("pk")))
    )
    return filter(None, (_span(*row) for row in rows.order_by("-pk")[:MOST_WRITINGS]))


def _refusals(text_keys: Any) -> Iterable[Refusal]:
    rows = Decision.objects.filter(
        decider_kind=DeciderKind.MODERATOR,
        to_state__in=REFUSED,
        revision__state__in=REFUSED,
        revision__text_key__in=text_keys,
    )
    fields = ("revision__text_key", "revision", "rule__code", "created_at")
    return (Refusal(*row) for row in rows.order_by("pk").values_list(*fields))
