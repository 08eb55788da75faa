"""What the open reports on a comment amount to: an item in the queue, and from a
certain weight on a text that nobody sees until a human has decided."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, Sum
from django.utils import timezone

from comments.actions.deciding import Decider, Reason, decide
from comments.actions.queueing import queue_reported
from comments.models import Comment, Report
from comments.screening.facts import Finding, Outcome
from comments.states import State
from comments.weights import LIGHT, Standing, together, weight_of

Source = Report.Source


@dataclass(frozen=True)
class Tally:
    """Open reports by rule, gravest number first; never who made them."""

    by_rule: dict[str, int]
    notices: int
    weight: int

    @property
    def findings(self) -> list[dict[str, Any]]:
        found = []
        if self.notices:
            found.append(Finding("notice", Outcome.HOLD, {"count": self.notices}))
        if self.by_rule:
            found.append(self._reported())
        return [finding.as_json() for finding in found]

    def _reported(self) -> Finding:
        rules = ", ".join(f"{code} {n}" for code, n in self.by_rule.items())
        saw = {
            "count": sum(self.by_rule.values()),
            "rules": rules,
            "weight": f"{self.weight / 100:.2f}",
        }
        return Finding("reported", Outcome.HOLD, saw, rule=next(iter(self.by_rule)))


def weigh(reporter: Any) -> int:
    """By reports that a moderator judged; one answered unweighed says nothing."""
    judged = Report.objects.by(reporter).filter(weight__gt=0)
    counts = judged.aggregate(
        acted=Count("pk", filter=Q(outcome=Report.Outcome.ACTED)),
        kept=Count("pk", filter=Q(outcome=Report.Outcome.KEPT)),
    )
    return weight_of(
        Standing(
            **counts,
            age=timezone.now() - reporter.date_joined,
            has_accepted_comment=reporter.comment_set.published().exists(),
        )
    )


def assess(comment: Comment, report: Report | None = None) -> None:
    """Bring the queue, and what readers see, in line with the open reports.

    Call it holding the comment. `report` is the one that has just come in.
    """
    tally = _tally(comment)
    text = comment.accepted_revision
    if text is None or not (tally.by_rule or tally.notices):
        return
    queue_reported(text, tally.findings, anew=_is_news(report, tally))
    limit = settings.REPORT_THRESHOLD
    if text.state == State.PUBLISHED and limit and tally.weight >= limit:
        reason = Reason(findings=tally.findings)
        decide(text, to=State.HELD, by=Decider.machine(), reason=reason)


def _is_news(report: Report | None, tally: Tally) -> bool:
    """A ground that whoever has the card open has not seen on it."""
    if report is None or report.rule is None:
        return True
    return tally.by_rule.get(report.rule.code) == 1


def _tally(comment: Comment) -> Tally:
    rows = (
        Report.objects.open()
        .filter(comment=comment)
        .order_by()
        .values("source", "rule__code")
        .annotate(
            count=Count("pk"),
            ordinary=Sum("weight", filter=Q(weight__gte=LIGHT), default=0),
            light=Sum("weight", filter=Q(weight__lt=LIGHT), default=0),
        )
    )
    found = sorted(rows, key=lambda row: (-row["count"], row["rule__code"] or ""))
    members = [row for row in found if row["source"] == Source.MEMBER]
    return Tally(
        by_rule={row["rule__code"]: row["count"] for row in members},
        notices=sum(row["count"] for row in found if row["source"] == Source.NOTICE),
        weight=together(
            sum(row["ordinary"] for row in members),
            sum(row["light"] for row in members),
        ),
    )
