from hypothesis import given
from hypothesis import strategies as st

from comments.threads import (
    MAX_DEPTH,
    STEP,
    Replies,
    above,
    ancestors_of,
    count_replies,
    depth_of,
    nest,
    path_of,
    pk_of,
    root_of,
)


def drawn(paths: list[str]) -> str:
    """The nested list as brackets: [ opens a list of replies, ( a row."""
    pieces = []
    for path, place in zip(paths, nest(paths), strict=True):
        pieces.append(f"({pk_of(path)}")
        pieces.append(")" if place.leaf else "[")
        pieces.append("])" * place.closes)
    return "".join(pieces)


def test_replies_nest_inside_what_they_answer() -> None:
    one = path_of(1, "")
    two = path_of(2, one)
    three = path_of(3, two)
    four = path_of(4, one)
    five = path_of(5, "")
    assert drawn([one, two, three, four, five]) == "(1[(2[(3)])(4)])(5)"


def test_a_page_that_ends_deep_closes_everything() -> None:
    one = path_of(1, "")
    two = path_of(2, one)
    assert drawn([one, two, path_of(3, two)]) == "(1[(2[(3)])])"


def test_a_reply_whose_parent_is_absent_stands_at_the_nearest_level() -> None:
    one = path_of(1, "")
    absent = path_of(2, one)
    assert drawn([one, path_of(3, absent)]) == "(1[(3)])"


def test_paths_sort_in_reading_order() -> None:
    one, nine = path_of(1, ""), path_of(9, "")
    reply = path_of(10, one)
    assert sorted([nine, reply, one]) == [one, reply, nine]


def test_depth_is_capped_and_deeper_replies_stand_beside() -> None:
    path = ""
    for pk in range(1, MAX_DEPTH + 10):
        path = path_of(pk, path)
    assert depth_of(path) == MAX_DEPTH
    assert len(path) == STEP * (MAX_DEPTH + 1)


def test_ancestors_are_the_paths_above() -> None:
    one = path_of(1, "")
    two = path_of(2, one)
    assert ancestors_of(path_of(3, two)) == [one, two]


def test_the_way_up_ends_at_the_root() -> None:
    one = path_of(1, "")
    two = path_of(2, one)
    three = path_of(3, two)
    assert (root_of(three), pk_of(three)) == (one, 3)
    assert [above(three, n) for n in (0, 1, 2, 9)] == [three, two, one, one]


def test_what_stands_below_is_counted_at_each_level() -> None:
    one = path_of(1, "")
    two = path_of(2, one)
    three = path_of(3, two)
    assert count_replies([one, two, three]) == {
        one: Replies(2),
        two: Replies(1),
        three: Replies(0),
    }


def test_a_count_says_where_there_is_more() -> None:
    one = path_of(1, "")
    two, three = path_of(2, one), path_of(3, one)
    found = count_replies([one, two, three], uncounted=[path_of(4, three)])
    assert [found[path].at_least for path in (one, two, three)] == [True, False, True]


@given(st.lists(st.integers(min_value=0, max_value=30), max_size=40))
def test_any_forest_gives_well_formed_lists(parents: list[int]) -> None:
    paths = [""]
    for pk, parent in enumerate(parents, start=1):
        paths.append(path_of(pk, paths[parent % len(paths)]))
    picture = drawn(sorted(paths[1:]))
    assert picture.count("[") == picture.count("]")
    assert picture.count("(") == picture.count(")") == len(parents)
    depth = 0
    for sign in picture:
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(sign, 0)
        assert depth >= 0
