"""The statement of reasons: what a person is told about a decision on their text."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.db.models import Q, QuerySet

from comments.models import Appeal, Decision, Report, Rule, RuleVersion
from comments.policies import appeal_until, why_not_appeal
from comments.screening.reasons import for_author
from comments.states import DeciderKind, State


class Source(StrEnum):
    """How it came before whoever decided."""

    NOTICE = "notice"
    REPORT = "report"
    MACHINE = "machine"
    MODERATOR = "moderator"


@dataclass(frozen=True)
class Statement:
    decision: Decision
    source: Source
    seen: list[str]
    """What the machine saw, in words for the author."""
    rule: RuleVersion | Rule | None
    """As it read when it was decided."""
    appeal: Appeal | None
    why_not_appeal: str
    later: list[Decision]

    @property
    def can_appeal(self) -> bool:
        return self.appeal is None and not self.why_not_appeal

    @property
    def appeal_until(self) -> datetime:
        return appeal_until(self.decision)

    @property
    def answer_days(self) -> int:
        return settings.APPEAL_DAYS

    @property
    def rule_has_changed(self) -> bool:
        rule, now = self.rule, self.decision.rule
        if rule is None or now is None:
            return False
        return (rule.title, rule.text) != (now.title, now.text)

    @property
    def rule_is_retired(self) -> bool:
        rule = self.decision.rule
        return rule is not None and rule.retired_at is not None


def statement_of(decision: Decision) -> Statement:
    hold = _hold(decision)
    findings = decision.findings or (hold.findings if hold else [])
    return Statement(
        decision=decision,
        source=_source(decision, hold),
        seen=[for_author(finding) for finding in findings],
        rule=_rule_then(decision),
        appeal=_appeal(decision),
        why_not_appeal=why_not_appeal(decision),
        later=list(_later(decision)),
    )


def source_of(decision: Decision) -> Source:
    return _source(decision, _hold(decision))


def _source(decision: Decision, hold: Decision | None) -> Source:
    reports = _reports_behind(decision)
    if Report.Source.NOTICE in reports:
        return Source.NOTICE
    if reports:
        return Source.REPORT
    by_screening = decision.by_machine or hold is not None
    return Source.MACHINE if by_screening else Source.MODERATOR


def _hold(decision: Decision) -> Decision | None:
    """How the screening sent the text to a moderator, if it did just before."""
    if decision.from_state not in ("", State.HELD):
        return None
    earlier = Decision.objects.filter(
        revision=decision.revision_id, number__lt=decision.number
    )
    screened = earlier.filter(
        decider_kind=DeciderKind.MACHINE,
        from_state=State.SCREENING,
        to_state=State.HELD,
    )
    return screened.first()


def _reports_behind(decision: Decision) -> set[str]:
    """The kinds of the reports that it answers, or that were open then."""
    if decision.revision.accepted_at is None:
        return set()
    then = decision.created_at
    still_open = Q(decided_at__isnull=True) | Q(decided_at__gte=then)
    open_then = Q(comment=decision.comment_id, created_at__lte=then) & still_open
    found = Report.objects.filter(Q(decision=decision) | open_then)
    return set(found.order_by().values_list("source", flat=True).distinct())


def _rule_then(decision: Decision) -> RuleVersion | Rule | None:
    if decision.rule is None or decision.rule_version is None:
        return decision.rule
    versions = decision.rule.versions.filter(number=decision.rule_version)
    return versions.first() or decision.rule


def _appeal(decision: Decision) -> Appeal | None:
    found = Appeal.objects.filter(decision=decision)
    return found.select_related("ruling").first()


def _later(decision: Decision) -> QuerySet[Decision]:
    """What became of it: rulings and undoings, and further moves of the same text."""
    moves = Q(revision=decision.revision_id, measure="")
    answers = Q(about=decision.pk)
    since = Decision.objects.filter(
        answers if decision.measure else moves | answers,
        comment=decision.comment_id,
        number__gt=decision.number,
    )
    return since.order_by("number")
