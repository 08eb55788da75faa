"""Each heading of an article has an address that lasts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ethicsforum.headings import HEADING_ID, heading_id
from ethicsforum.markup import ARTICLE, COMMENT, render, sanitise


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("What a model would add", "section-what-a-model-would-add"),
        ("რა არის სამართლიანი?", "section-რა-არის-სამართლიანი"),
        ("Dürfen wir?", "section-dürfen-wir"),
        ("…", "section-part"),
        ("x" * 500, "section-" + "x" * 50),
    ],
)
def test_it_is_made_from_the_words(words: str, found: str) -> None:
    assert heading_id(words, set()) == found


def test_no_two_are_alike() -> None:
    taken: set[str] = set()
    made = [heading_id(words, taken) for words in ("a 2", "a", "a", "a", "a 2")]
    assert len(set(made)) == 5
    assert made[:3] == ["section-a-2", "section-a", "section-a-3"]


@given(st.lists(st.text(max_size=80), max_size=6))
def test_any_words_make_ids_that_the_sanitisers_keep(many: list[str]) -> None:
    taken: set[str] = set()
    for words in many:
        found = heading_id(words, taken)
        assert HEADING_ID.fullmatch(found)
        html = f'<h2 id="{found}">a</h2>'
        assert sanitise(html, ARTICLE) == html


def test_markup_in_a_heading_is_left_out_of_its_id() -> None:
    html = render("## A *new* `rule` for [us](https://e.org)", ARTICLE)
    assert html.startswith('<h2 id="section-a-new-rule-for-us">A <em>new</em>')


@pytest.mark.parametrize(
    "html",
    [
        '<h2 id="comment-1">a</h2>',
        '<h2 id="section-a b">a</h2>',
        '<h2 class="section-a">a</h2>',
        '<p id="section-a">a</p>',
    ],
)
def test_no_other_id_and_no_other_place_is_allowed(html: str) -> None:
    assert "section-a" not in sanitise(html, ARTICLE)
    assert " id=" not in sanitise(html, ARTICLE)


def test_a_comment_has_none() -> None:
    assert "id=" not in sanitise('<h2 id="section-a">a</h2>', COMMENT)
