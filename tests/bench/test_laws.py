"""How large discussions are, how often each is read, where each comment stands."""

from collections import Counter

import pytest

from bench.laws import EXACT, Zipf, exact_sizes, percentile, sizes
from bench.places import DEEPEST, places
from comments.threads import path_of


@pytest.mark.parametrize(
    ("comments", "exact"),
    [
        (1_000_000, [10_000, 1_000, 100]),
        (100_000, [10_000, 1_000, 100]),
        (10_000, [1_000, 100]),
        (1_000, [100]),
        (999, []),
    ],
)
def test_discussions_of_known_length_are_there(comments: int, exact: list[int]) -> None:
    assert exact_sizes(comments) == exact
    assert sizes(comments, 100)[: len(exact)] == exact


@pytest.mark.parametrize(("comments", "articles"), [(1_000, 100), (100_000, 1_000)])
def test_all_comments_are_shared_out(comments: int, articles: int) -> None:
    found = sizes(comments, articles)
    assert (sum(found), len(found), min(found) >= 0) == (comments, articles, True)


def test_few_discussions_are_long_and_most_are_short() -> None:
    rest = sorted(sizes(1_000_000, 1_000)[len(EXACT) :])
    assert rest[-1] > 10 * rest[len(rest) // 2]


def test_the_law_is_the_same_each_time() -> None:
    assert sizes(10_000, 100) == sizes(10_000, 100)
    assert [Zipf(9).draw() for _ in range(3)] == [Zipf(9).draw() for _ in range(3)]


def test_the_first_is_read_most_often() -> None:
    law = Zipf(1_000)
    drawn = Counter(law.draw() for _ in range(20_000))
    assert set(drawn) <= set(range(1_000))
    assert drawn[0] > 1.5 * drawn[1] > 3 * drawn[9] > 0


@pytest.mark.parametrize(("percent", "value"), [(50, 50), (95, 95), (100, 100), (0, 1)])
def test_percentiles_are_values_that_were_seen(percent: float, value: int) -> None:
    assert percentile(range(100, 0, -1), percent) == value


def test_each_comment_stands_below_the_one_it_answers() -> None:
    found = {place.pk: place for place in places([30, 0, 170])}
    assert Counter(place.article for place in found.values()) == {1: 30, 3: 170}
    assert list(found) == list(range(1, 201))
    for place in found.values():
        above = found.get(place.parent or 0)
        assert place.path == path_of(place.pk, above.path if above else "")
        assert above is None or above.article == place.article
        assert place.depth <= DEEPEST
    assert any(place.depth > 2 for place in found.values())
