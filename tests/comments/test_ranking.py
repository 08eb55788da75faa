"""The order of what is most valued, as numbers."""

from hypothesis import given
from hypothesis import strategies as st

from comments.ranking import SCALE, rank_of

votes = st.integers(0, 5000)


def test_the_bound_as_the_paper_has_it() -> None:
    # 9 of 10: 10.9208 / 13.8416 = 0.78898, less 1.96 times 0.10967.
    assert rank_of(9, 1) // 100 == 5740
    assert rank_of(1, 0) // 100 == 1674


def test_an_unvoted_comment_stands_between() -> None:
    assert rank_of(0, 0) == 0
    assert rank_of(0, 1) < 0 < rank_of(1, 0)


def test_many_sure_votes_beat_one() -> None:
    ordered = [(100, 5), (9, 1), (1, 0), (0, 0), (1, 5), (0, 1), (0, 2), (0, 100)]
    ranks = [rank_of(*pair) for pair in ordered]
    assert sorted(ranks[:4], reverse=True) == ranks[:4]
    assert max(ranks[4:]) < 0
    assert rank_of(0, 100) < rank_of(0, 2) < rank_of(0, 1)


@given(votes, votes)
def test_no_vote_up_lowers_and_none_down_lifts(up: int, down: int) -> None:
    here = rank_of(up, down)
    assert rank_of(up + 1, down) >= here >= rank_of(up, down + 1)


@given(votes, votes)
def test_the_rank_fits_its_column(up: int, down: int) -> None:
    assert -SCALE < rank_of(up, down) < SCALE


@given(votes, votes)
def test_more_yes_than_no_stands_above_the_unvoted(up: int, down: int) -> None:
    assert (rank_of(up, down) < 0) == (up < down)
