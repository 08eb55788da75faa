"""What votes are worth in the order of a page. Pure."""

from math import sqrt

Z = 1.96
"""Standard deviations of a 95 % interval."""

SCALE = 1_000_000
"""A rank is stored as a whole number, so that an index can order by it exactly."""


def rank_of(up: int, down: int) -> int:
    """How sure one can be that a comment adds to the discussion: 0 without a vote.

    The lower bound of the interval for a share by A. Agresti and B. A. Coull,
    "Approximate is better than 'exact' for interval estimation of binomial
    proportions", The American Statistician 52 (1998), pages 119 to 126: add z²/2
    votes to each side (about two), then go z standard deviations below the share.
    One vote up moves a comment a little, nine of ten more than one of one.

    Where more say no than yes the bound is no measure: few ups and ever more downs
    let it creep back to that of an unvoted comment. There the share itself counts,
    by how far it is below one half; so an unvoted comment always stands between.
    """
    count = up + down + Z**2
    share = (up + Z**2 / 2) / count
    if up < down:
        return round((share - 0.5) * SCALE)
    return round((share - Z * sqrt(share * (1 - share) / count)) * SCALE)
