"""What a moderator sees of each item: everything one decision needs, in few queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from comments.models import Comment, Decision, QueueItem
from comments.screening.reasons import for_moderator
from comments.states import REFUSED, State


@dataclass(frozen=True)
class Record:
    """How an author's comments have fared."""

    accepted: int = 0
    refused: int = 0


@dataclass(frozen=True)
class Card:
    item: QueueItem
    why: list[str]
    rule_hint: str
    record: Record

    @property
    def comment(self) -> Comment:
        return self.item.comment

    @property
    def is_edit(self) -> bool:
        """A text that is up itself, and looked at again, is no edit of itself."""
        up = self.item.comment.accepted_revision_id
        return up not in (None, self.item.revision_id)

    @property
    def form_id(self) -> str:
        return f"decide-{self.item.pk}"


def cards(items: Iterable[QueueItem]) -> list[Card]:
    rows = list(items)
    records = _records([row.comment.author_id for row in rows])
    return [_card(row, records.get(row.comment.author_id, Record())) for row in rows]


def summary(decision: Decision) -> str:
    """One decision in a sentence, for colleagues."""
    who = decision.decider or decision.get_decider_kind_display()
    words = {"who": who, "what": decision.outcome_label}
    return _("%(who)s: %(what)s") % words


def _card(item: QueueItem, record: Record) -> Card:
    hints = (finding.get("rule") for finding in item.findings)
    return Card(
        item=item,
        why=[for_moderator(finding) for finding in item.findings],
        rule_hint=next((hint for hint in hints if hint), ""),
        record=record,
    )


def _records(authors: Sequence[int | None]) -> dict[int | None, Record]:
    rows = (
        Comment.objects.filter(author__in={pk for pk in authors if pk})
        .values("author")
        .annotate(
            accepted=Count("pk", filter=Q(state=State.PUBLISHED)),
            refused=Count("pk", filter=Q(state__in=REFUSED)),
        )
    )
    return {r["author"]: Record(r["accepted"], r["refused"]) for r in rows}
