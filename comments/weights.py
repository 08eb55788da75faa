"""What a member's report weighs, in hundredths of an ordinary report. Pure.

A report counts by how often its reporter was right: twice the chance that the next
one is acted on, by Laplace's rule of succession, (acted + 1) / (acted + kept + 2).
Nothing known gives 1; always right comes close to 2, always wrong close to 0. See
docs/decisions/0014-what-a-report-weighs.md.
"""

from dataclasses import dataclass
from datetime import timedelta

ORDINARY = 100
"""A report by a member who has not reported before."""

NEWCOMER = 25
"""The most that a report by a new account weighs."""

LIGHT = 50
"""Less than this is light: new accounts, and those that were mostly wrong."""

NEW_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Standing:
    """How a reporter's earlier reports ended, and how well the forum knows them."""

    acted: int = 0
    kept: int = 0
    age: timedelta = timedelta()
    has_accepted_comment: bool = False

    @property
    def is_new(self) -> bool:
        return self.age < NEW_FOR or not self.has_accepted_comment


def weight_of(standing: Standing) -> int:
    judged = standing.acted + standing.kept
    weight = round(2 * ORDINARY * (standing.acted + 1) / (judged + 2))
    return min(weight, NEWCOMER) if standing.is_new else weight


def together(ordinary: int, light: int) -> int:
    """However many light reports there are, they count as one ordinary at most."""
    return ordinary + min(light, ORDINARY)
