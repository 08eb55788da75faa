"""Gather the facts about one text, have them judged, act on the verdict."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Max, Q
from django.utils import timezone

from comments import dispatch
from comments.actions.deciding import Decider, Reason, StaleDecision, decide
from comments.models import (
    Comment,
    Decision,
    Revision,
    Rule,
    Sanction,
    ScreeningPolicy,
    WatchedWord,
)
from comments.screening import external
from comments.screening.facts import (
    ClassifierAnswer,
    Facts,
    Finding,
    Outcome,
    Thresholds,
    Verdict,
    Watched,
)
from comments.screening.pipeline import failed, judge
from comments.states import REFUSED, DeciderKind, State
from ethicsforum.markup import links
from ethicsforum.written import (
    EARLIER_TIME,
    SOME_COMMENT,
    SOME_REVISION,
    SOME_TEXT,
    SOME_TIME,
    SOMEBODY,
    Written,
    about,
    ask,
    write,
)

log = logging.getLogger(__name__)

MOST_TRIES = 3
"""A text that takes its worker down this often goes to a human."""

SWEEP_BATCH = 500

MOVES = {
    Outcome.PUBLISH: State.PUBLISHED,
    Outcome.HOLD: State.HELD,
    Outcome.REJECT: State.REJECTED,
}


def screen(revision_id: int) -> Decision | None:
    """Screen one text; None when there is nothing to do (any more)."""
    in_screening = Revision.objects.filter(pk=revision_id, state=State.SCREENING)
    # The try is counted before the work: a text that kills its worker counts too.
    if not in_screening.update(screening_tries=F("screening_tries") + 1):
        return None
    revision = in_screening.select_related("comment__author", "comment__article")
    # Read with its state: another worker may have been quicker since the count.
    found = revision.first()
    return _act(found) if found else None


def screen_waiting() -> Iterator[Decision | None]:
    """Every text that waits now, oldest first, in this process."""
    last = 0
    waiting = Revision.objects.filter(state=State.SCREENING).order_by("pk")
    while keys := list(waiting.filter(pk__gt=last).values_list("pk", flat=True)[:100]):
        for last in keys:
            yield screen(last)


def resend_overdue() -> int:
    """Send every text that has waited too long for its screening to a worker again."""
    overdue = Revision.objects.overdue().values_list("pk", flat=True)[:SWEEP_BATCH]
    for pk in overdue:
        # Marked first, so that the next sweep leaves it alone for a while.
        Revision.objects.filter(pk=pk).update(queued_at=timezone.now())
        if not dispatch.send(dispatch.SCREEN, pk):
            break
    return len(overdue)


def _act(revision: Revision) -> Decision | None:
    verdict, policy_version = _verdict(revision)
    reason = _reason(verdict, policy_version)
    if verdict.outcome == Outcome.REJECT and reason.rule is None:
        verdict = Verdict(Outcome.HOLD, verdict.findings)
    try:
        to = MOVES[verdict.outcome]
        return decide(revision, to=to, by=Decider.machine(), reason=reason)
    except StaleDecision:
        return None


def _verdict(revision: Revision) -> tuple[Verdict, int | None]:
    """With the version of words and thresholds it rests on, if it rests on any."""
    if revision.screening_tries > MOST_TRIES:
        saw = {"tries": revision.screening_tries - 1}
        finding = Finding("too-many-tries", Outcome.HOLD, saw)
        return Verdict(Outcome.HOLD, (finding,)), None
    try:
        limits = thresholds_for(revision)
        return judge(gather(revision, limits), limits), limits.version
    except Exception:
        log.exception("screening of revision %s failed", revision.pk)
        return failed("screening"), None


def _reason(verdict: Verdict, policy_version: int | None) -> Reason:
    if verdict.outcome != Outcome.REJECT:
        return Reason(findings=verdict.as_json(), policy_version=policy_version)
    code = next(f.rule for f in verdict.findings if f.outcome == Outcome.REJECT)
    rule = Rule.objects.filter(code=code).first()
    explanation = rule.template if rule else ""
    return Reason(rule, explanation, verdict.as_json(), policy_version)


def thresholds_for(revision: Revision) -> Thresholds:
    policy = ScreeningPolicy.current()
    own = revision.comment.article.first_comments_held
    if own is not None:
        policy.first_comments_held = own
    return policy.thresholds()


def gather(revision: Revision, limits: Thresholds) -> Facts:
    """Everything the screeners may know, in a fixed number of queries."""
    author = revision.comment.author
    refusal = refusal_of(revision.text_key, apart_from=revision.pk)
    counts = _counts_of_author(revision, limits)
    return Facts(
        text=revision.source,
        links=tuple(links(revision.source)),
        watched=watched_words(),
        author_is_staff=bool(author and author.is_staff),
        author_limited=_limited_until(author),
        author_accepted=counts["accepted"],
        author_recent=counts["recent"],
        repeats=counts["repeats"],
        refused_before=refusal.code if refusal else None,
        refusal_is_certain=bool(refusal and refusal.repeat_is_certain),
        under_review=revision.comment.is_hidden,
        classifier=_classify(revision.source),
    )


def _counts_of_author(revision: Revision, limits: Thresholds) -> dict[str, int]:
    author = revision.comment.author_id
    if author is None:
        # Whoever left has no record; all who left have none in common.
        return {"accepted": 0, "recent": 0, "repeats": 0}
    # By the age of the texts: an edit is as new as it is.
    given = {
        SOMEBODY: author,
        SOME_COMMENT: revision.comment_id,
        SOME_REVISION: revision.pk,
        SOME_TEXT: revision.text_key,
        SOME_TIME: revision.created_at - timedelta(minutes=limits.flood_minutes),
        EARLIER_TIME: revision.created_at - timedelta(hours=limits.repeat_hours),
    }
    found = ask(about(_others_of_author(), given)) or [(0, 0, 0)]
    return dict(zip(("accepted", "recent", "repeats"), found[0], strict=True))


@cache
def _others_of_author() -> Written:
    others = Comment.objects.filter(author=SOMEBODY).exclude(pk=SOME_COMMENT)
    earlier = Q(revisions__pk__lt=SOME_REVISION)
    recent = earlier & Q(revisions__created_at__gte=SOME_TIME)
    same = earlier & Q(
        revisions__text_key=SOME_TEXT, revisions__created_at__gte=EARLIER_TIME
    )
    counted = (
        others.order_by()
        .values("author")
        .annotate(
            accepted=Count("pk", filter=Q(state=State.PUBLISHED), distinct=True),
            recent=Count("revisions", filter=recent, distinct=True),
            repeats=Count("pk", filter=same, distinct=True),
        )
    )
    return write(counted.values_list("accepted", "recent", "repeats"))


def _limited_until(author: Any) -> datetime | None:
    if author is None or not Sanction.may_stand(author):
        return None
    limits = Sanction.objects.of(author).limits().running()
    until: datetime | None = limits.aggregate(until=Max("decision__until"))["until"]
    return until


def refusal_of(text_key: str, *, apart_from: int | None = None) -> Rule | None:
    """The rule under which a moderator refused this very text, if it still stands."""
    if not ask(about(_refused_ever(), {SOME_TEXT: text_key})):
        return None
    refused = Revision.objects.refused().filter(text_key=text_key)
    by_moderator = Decision.objects.filter(
        revision__in=refused.exclude(pk=apart_from) if apart_from else refused,
        to_state__in=REFUSED,
        decider_kind=DeciderKind.MODERATOR,
        rule__isnull=False,
        rule__retired_at__isnull=True,
    )
    decision = by_moderator.select_related("rule").order_by("pk").last()
    return decision.rule if decision else None


@cache
def _refused_ever() -> Written:
    """One row, if it was: for nearly all texts the answer is no."""
    refused = Revision.objects.refused().filter(text_key=SOME_TEXT)
    return write(refused.order_by().values_list("pk")[:1])


def watched_words() -> tuple[Watched, ...]:
    rows = WatchedWord.objects.values_list("phrase", "rule__code", "note")
    return tuple(Watched(*row) for row in rows)


def _classify(text: str) -> ClassifierAnswer | None:
    if not settings.CLASSIFIER_URL:
        return None
    return external.ask(
        text, url=settings.CLASSIFIER_URL, timeout=settings.CLASSIFIER_TIMEOUT
    )
