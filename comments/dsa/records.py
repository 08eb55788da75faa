"""Gathers the refusals of which the EU's database is to hear, one after another."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, cast

from django.conf import settings
from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from comments.dsa.statements import Refusal, RuleText, Statement, statement_of
from comments.models import Decision, Report, Rule, RuleVersion
from comments.states import DeciderKind, Measure, State

CHUNK = 500

Versions = dict[tuple[int, int], tuple[str, str]]
"""By rule and number: title and text."""


def statements(since: datetime | None = None) -> Iterator[Statement]:
    """Oldest first, and streamed: a large forum needs time but no memory."""
    versions = _versions()
    in_order = _since(since).order_by("created_at", "pk")
    for decision in in_order.iterator(chunk_size=CHUNK):
        refusal = _refusal(decision, versions)
        yield statement_of(refusal, language=settings.LANGUAGE_CODE)


def count(since: datetime | None = None) -> int:
    found: int = _since(since).count()
    return found


def _since(moment: datetime | None) -> Any:
    rows = _refusals()
    return rows if moment is None else rows.filter(created_at__gte=moment)


def _refusals() -> Any:
    """All that restricts somebody and was not undone at once. A warning restricts
    nobody."""
    reports = Report.objects.filter(decision=OuterRef("pk"))
    screened = Decision.objects.filter(
        revision=OuterRef("revision"),
        decider_kind=DeciderKind.MACHINE,
        from_state=State.SCREENING,
        to_state=State.HELD,
    )
    restricting = Decision.objects.refusals().exclude(measure=Measure.WARN)
    return (
        restricting.standing()
        .select_related("rule", "revision")
        .annotate(
            after_notice=Exists(reports.filter(source=Report.Source.NOTICE)),
            after_report=Exists(reports),
            screeners_saw=Subquery(screened.values("findings")[:1]),
        )
    )


def _refusal(decision: Any, versions: Versions) -> Refusal:
    screeners_saw = decision.screeners_saw
    return Refusal(
        puid=_puid(decision),
        outcome=decision.outcome,
        rule=_rule_as_it_read(decision, versions),
        written_on=timezone.localdate(decision.revision.created_at),
        decided_on=timezone.localdate(decision.created_at),
        until=timezone.localdate(decision.until) if decision.until else None,
        after_notice=decision.after_notice,
        after_report=decision.after_report,
        found_by_machine=screeners_saw is not None,
        decided_by_machine=decision.by_machine,
        scored_by_machine=any(
            finding.get("screener") == "classifier" for finding in screeners_saw or ()
        ),
    )


def _puid(decision: Decision) -> str:
    """Never used again, even by a forum that starts anew at decision 1."""
    return f"{decision.created_at:%Y%m%dT%H%M%S}-{decision.pk}"


def _versions() -> Versions:
    rows = RuleVersion.objects.values_list("rule", "number", "title", "text")
    return {(rule, number): (title, text) for rule, number, title, text in rows}


def _rule_as_it_read(decision: Decision, versions: Versions) -> RuleText:
    # The database refuses a refusal without one.
    rule = cast(Rule, decision.rule)
    number = decision.rule_version or rule.version
    title, text = versions.get((rule.pk, number), (rule.title, rule.text))
    return RuleText(
        code=rule.code,
        version=number,
        title=title,
        text=text,
        address=settings.SITE_URL + rule.get_absolute_url(),
        category=rule.dsa_category,
        keyword=rule.dsa_keyword,
    )
