"""What the public reads about a decision: never a text, a name, or whose account."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from comments.models import Appeal, Decision, LogEntry, RuleVersion
from comments.models.decision import DecisionQuerySet
from comments.record.pseudonyms import pseudonym
from ethicsforum.ids import as_id

PAGE = 50


@dataclass
class LogItem:
    decision: Decision
    rule_title: str = ""
    """As it read when the decision was made."""
    undone_by: int | None = None

    @property
    def title(self) -> str:
        outcome = self.decision.outcome_label
        return f"{outcome}: {self.rule_title}" if self.rule_title else outcome

    @property
    def explanation(self) -> str | None:
        """None where it is to a member about their conduct: for that member alone."""
        return None if self.decision.is_about_account else self.decision.explanation

    @property
    def decider(self) -> str:
        return decider_of(self.decision)

    @property
    def article(self) -> Any:
        """Where the text stands, unless that would tell whose account it was."""
        article = self.decision.comment.article
        hidden = self.decision.is_about_account or not article.is_published
        return None if hidden else article

    @property
    def appeal(self) -> Appeal | None:
        return getattr(self.decision, "appeal", None)


def decider_of(decision: Decision) -> str:
    """The kind of decider, with the moderator's pseudonym or the machine's version."""
    if decision.decider_id is not None:
        return _("moderator %(name)s") % {"name": pseudonym(decision.decider_id)}
    if decision.policy_version is None:
        words = _("the screening machine")
    else:
        version = {"number": decision.policy_version}
        words = _("the screening machine, version %(number)s") % version
    return ", ".join([words, *_models(decision.findings)])


def page_of(
    decisions: DecisionQuerySet, before: str = "", size: int | None = None
) -> tuple[list[LogItem], int | None]:
    """Newest first, and the decision after which the next page begins."""
    size = size or PAGE
    rows = list(_for_log(_older_than(decisions, before))[: size + 1])
    following = rows[size - 1].pk if len(rows) > size else None
    return items_of(rows[:size]), following


def item_of(pk: int) -> LogItem | None:
    """One decision as the log has it; None when it is not public."""
    return next(iter(items_of(_for_log(Decision.objects.public().filter(pk=pk)))), None)


def seal_of(item: LogItem) -> LogEntry | None:
    return LogEntry.objects.filter(decision=item.decision).first()


def items_of(decisions: Iterable[Decision]) -> list[LogItem]:
    found = list(decisions)
    undoing = Decision.objects.filter(about__in=found, is_undo=True)
    undone_by = dict(undoing.values_list("about", "pk"))
    titles = _titles(found)
    return [
        LogItem(
            decision,
            titles.get((decision.rule_id, decision.rule_version))
            or (decision.rule.title if decision.rule else ""),
            undone_by.get(decision.pk),
        )
        for decision in found
    ]


def _for_log(decisions: DecisionQuerySet) -> DecisionQuerySet:
    newest = decisions.newest_first().with_earlier()
    return newest.select_related("rule", "comment__article", "appeal")


def _older_than(decisions: DecisionQuerySet, before: str) -> DecisionQuerySet:
    place = as_id(before)
    if place is None:
        return decisions
    last = Decision.objects.filter(pk=place).values_list("created_at", "pk").first()
    if last is None:
        return decisions
    moment, pk = last
    # The first condition says nothing new; it lets the index find the place.
    return decisions.filter(
        Q(created_at__lt=moment) | Q(pk__lt=pk), created_at__lte=moment
    )


def _titles(decisions: Sequence[Decision]) -> dict[tuple[int | None, int | None], str]:
    rules = {d.rule_id for d in decisions if d.rule_id is not None}
    versions = RuleVersion.objects.filter(rule__in=rules)
    rows = versions.values_list("rule", "number", "title")
    return {(rule, number): title for rule, number, title in rows}


def _models(findings: Sequence[dict[str, Any]]) -> list[str]:
    """Classifiers that had a part in it."""
    spoken = [f for f in findings if f.get("screener") == "classifier"]
    return [str(f["saw"]["by"]) for f in spoken if f.get("saw", {}).get("by")]
