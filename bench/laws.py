"""How large discussions are, and how often each is read. Pure."""

import math
from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from random import Random

EXACT = (10_000, 1_000, 100)
"""Discussions of exactly so many comments, where the site has ten times as many."""
SPREAD = 1.4
"""Sigma of the lognormal law: a few discussions are long, most are short."""


def exact_sizes(comments: int) -> list[int]:
    return [size for size in EXACT if size * 10 <= comments]


def sizes(comments: int, articles: int, seed: int = 1) -> list[int]:
    """How many comments each article has; those of exact size first."""
    exact = exact_sizes(comments)
    rest = comments - sum(exact)
    count = articles - len(exact)
    law = Random(seed)  # noqa: S311  # the same data each time, nothing to guess
    weights = [law.lognormvariate(0, SPREAD) for _ in range(count)]
    return [*exact, *_shares(rest, weights)]


def _shares(whole: int, weights: Sequence[float]) -> list[int]:
    """Whole numbers in proportion to the weights that add up to the whole."""
    unit = whole / sum(weights)
    ends = [round(end * unit) for end in accumulate(weights)]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]


class Zipf:
    """Draws 0 to n-1, the first most often: the k-th with weight 1/k."""

    def __init__(self, n: int, seed: int = 1) -> None:
        self._ends = list(accumulate(1 / k for k in range(1, n + 1)))
        self._law = Random(seed)  # noqa: S311  # the same requests each time

    def draw(self) -> int:
        return bisect(self._ends, self._law.random() * self._ends[-1])


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that so many percent of all are not above."""
    ordered = sorted(values)
    if not ordered:
        return math.nan
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]
