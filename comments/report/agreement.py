"""How far two moderators, each without knowing of the other, decide alike. Pure."""

from dataclasses import dataclass
from math import sqrt

FEWEST_PAIRS = 10
"""Below, the interval is so wide that a number would only mislead."""

Z_95 = 1.959964
"""Half the width of a 95 % interval, in standard errors."""


@dataclass(frozen=True)
class Agreement:
    pairs: int
    observed: float
    """The share of pairs that agree."""
    kappa: float
    """1: always alike; 0: as often as chance would have it; below: less often."""
    error: float
    """The standard error of kappa in a large sample."""
    low: float
    high: float
    """The ends of its 95 % interval."""


def kappa(
    both_approve: int, only_first: int, only_second: int, both_refuse: int
) -> Agreement | None:
    """Cohen's kappa of two deciders and two verdicts; None when it says nothing yet.

    J. Cohen, A coefficient of agreement for nominal scales, Educational and
    Psychological Measurement 20 (1960); the standard error from J. L. Fleiss,
    J. Cohen and B. S. Everitt, Large sample standard errors of kappa and weighted
    kappa, Psychological Bulletin 72 (1969), equation 13.

    None under ten pairs, and when all verdicts of both are the same: then chance
    alone would make them agree, and kappa is not defined.
    """
    cells = (both_approve, only_first, only_second, both_refuse)
    pairs = sum(cells)
    if pairs < FEWEST_PAIRS:
        return None
    aa, ar, ra, rr = (cell / pairs for cell in cells)
    first, second = aa + ar, aa + ra
    observed = aa + rr
    expected = first * second + (1 - first) * (1 - second)
    if expected == 1:
        return None
    value = (observed - expected) / (1 - expected)
    agreeing = _weighted(aa, first + second, value) + _weighted(
        rr, 2 - first - second, value
    )
    # A disagreement weighs by the margins of the other's verdict.
    crossed = ar * (second + 1 - first) ** 2 + ra * (1 - second + first) ** 2
    spread = agreeing + (1 - value) ** 2 * crossed
    excess = (value - expected * (1 - value)) ** 2
    error = sqrt(max(spread - excess, 0) / pairs) / (1 - expected)
    return Agreement(
        pairs=pairs,
        observed=observed,
        kappa=value,
        error=error,
        low=max(value - Z_95 * error, -1),
        high=min(value + Z_95 * error, 1),
    )


def _weighted(share: float, margins: float, value: float) -> float:
    return share * (1 - margins * (1 - value)) ** 2
