"""What second opinions say: how far moderators decide alike, and where they don't."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from comments.models import SecondOpinion
from comments.report.agreement import Agreement, kappa

MOST_PAIRS = 1000
"""Of the newest; a team changes."""

MOST_SHOWN = 5


@dataclass(frozen=True)
class Disagreement:
    comment_id: int
    first_approves: bool
    rule: str
    """The one that the refusing of the two named."""
    at: datetime


@dataclass(frozen=True)
class Opinions:
    pairs: int
    agreeing: int
    agreement: Agreement | None
    disagreements: list[Disagreement]

    @property
    def differing(self) -> int:
        return self.pairs - self.agreeing

    @property
    def is_cut(self) -> bool:
        return self.pairs == MOST_PAIRS


def reckon_opinions() -> Opinions:
    newest = SecondOpinion.objects.select_related("first__rule", "rule")
    rows = list(newest.order_by("-pk")[:MOST_PAIRS])
    table = Counter((row.first_approves, row.approves) for row in rows)
    return Opinions(
        pairs=len(rows),
        agreeing=table[True, True] + table[False, False],
        agreement=kappa(
            both_approve=table[True, True],
            only_first=table[True, False],
            only_second=table[False, True],
            both_refuse=table[False, False],
        ),
        disagreements=[_shown(row) for row in rows if not row.agrees][:MOST_SHOWN],
    )


def _shown(row: SecondOpinion) -> Disagreement:
    rule = row.rule if row.first_approves else row.first.rule
    return Disagreement(
        comment_id=row.first.comment_id,
        first_approves=row.first_approves,
        rule=rule.title if rule else "",
        at=row.created_at,
    )
