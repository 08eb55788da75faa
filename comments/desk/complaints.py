"""What was said against a text: reports, and the appeal against a decision."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Prefetch, Q, Window, prefetch_related_objects
from django.db.models.functions import RowNumber

from comments.models import Appeal, AppealMessage, QueueItem, Report, RuleVersion


@dataclass(frozen=True)
class Ground:
    """A reason that was given, and how often. No title: a notice of illegal content."""

    title: str
    count: int


@dataclass
class Reports:
    """The open reports on one comment."""

    grounds: list[Ground] = field(default_factory=list)
    said: list[Report] = field(default_factory=list)
    """The weightiest; there may be more of them than these."""

    @property
    def count(self) -> int:
        return sum(ground.count for ground in self.grounds)

    @property
    def unshown(self) -> int:
        return self.count - len(self.said)


def reports_on(comments: Iterable[int], most: int) -> dict[int, Reports]:
    """On any number of comments, at most so many of each in full, in two queries."""
    found: dict[int, Reports] = defaultdict(Reports)
    open_ones = Report.objects.open().filter(comment__in=set(comments))
    grounds = open_ones.order_by().values_list("comment", "source", "rule__title")
    for comment, source, title, count in grounds.annotate(n=Count("pk")).order_by("-n"):
        named = "" if source == Report.Source.NOTICE else title
        found[comment].grounds.append(Ground(named, count))
    rank = Window(
        RowNumber(),
        partition_by=F("comment"),
        order_by=[F("source").desc(), F("weight").desc(), F("pk").desc()],
    )
    heaviest = open_ones.annotate(rank=rank).filter(rank__lte=most)
    for report in heaviest.select_related("reporter", "rule").order_by("rank"):
        found[report.comment_id].said.append(report)
    return found


@dataclass(frozen=True)
class Hearing:
    """An appeal, the decision it contests, and that decision's rule as it read then."""

    appeal: Appeal
    rule_then: RuleVersion | None

    @property
    def messages(self) -> list[AppealMessage]:
        return list(self.appeal.messages.all())


def hearings(items: Iterable[QueueItem]) -> dict[int, Hearing]:
    """For the items that are appeals, in three queries."""
    rows = [item for item in items if item.appeal_id]
    contested = Appeal.objects.select_related(
        "appellant", "decision__rule", "decision__revision", "decision__comment"
    )
    messages = AppealMessage.objects.select_related("sender")
    prefetch_related_objects(
        rows, Prefetch("appeal", contested), Prefetch("appeal__messages", messages)
    )
    appeals = [item.appeal for item in rows if item.appeal]
    versions = _rules_then(appeals)
    return {
        appeal.queue_item.pk: Hearing(appeal, versions.get(_version(appeal)))
        for appeal in appeals
    }


def _rules_then(appeals: list[Appeal]) -> dict[Any, RuleVersion]:
    wanted = Q(pk__in=[])
    for rule, number in {_version(appeal) for appeal in appeals}:
        wanted |= Q(rule=rule, number=number)
    rows = RuleVersion.objects.filter(wanted) if appeals else ()
    return {(version.rule_id, version.number): version for version in rows}


def _version(appeal: Appeal) -> tuple[int | None, int | None]:
    return appeal.decision.rule_id, appeal.decision.rule_version
