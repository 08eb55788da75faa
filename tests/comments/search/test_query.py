"""What is typed into the search field, read without an engine."""

from hypothesis import given
from hypothesis import strategies as st

from comments.search.query import MOST_CHARACTERS, MOST_TERMS, Query, parse


def terms(raw: str) -> tuple[str, ...]:
    return parse(raw).terms


def test_words_are_looked_for_one_by_one() -> None:
    assert terms("  waiting \t list\n") == ("waiting", "list")


def test_words_in_quotes_stand_together() -> None:
    assert terms('doctors "waiting list"') == ("doctors", "waiting list")


def test_all_kinds_of_quotes_are_quotes() -> None:
    assert terms("“waiting list” „triage“ «who decides»") == (
        "waiting list",
        "triage",
        "who decides",
    )


def test_a_quotation_that_is_not_closed_ends_with_the_line() -> None:
    assert terms('"waiting list') == ("waiting list",)


def test_what_is_in_nearly_every_text_is_left_out() -> None:
    assert terms("who is the judge") == ("judge",)
    assert terms('"to be or not to be"') == ("to be or not to be",)


def test_only_common_words_are_said_to_be_that() -> None:
    assert parse("who is the").only_common
    assert not parse("?!").only_common
    assert not parse("judge").only_common


def test_punctuation_alone_is_no_word() -> None:
    assert parse('?! -- "…" 🙂 ""').terms == ()


def test_the_last_word_may_go_on() -> None:
    assert parse("waiting hosp").open_ended
    assert not parse("waiting ho").open_ended
    assert not parse('"waiting hosp"').open_ended
    assert not parse("hosp the").open_ended
    assert not parse("").open_ended


def test_a_word_is_looked_for_once() -> None:
    assert terms("triage triage") == ("triage",)


def test_more_than_is_looked_for_is_cut_and_said_to_be() -> None:
    many = " ".join(f"word{number}" for number in range(MOST_TERMS + 1))
    assert len(terms(many)) == MOST_TERMS
    assert parse(many).is_cut
    assert not parse(many).open_ended
    assert parse("x" * 10_000).is_cut
    assert not parse("judge").is_cut


def test_accents_become_part_of_their_letter() -> None:
    assert terms("cafe\u0301") == ("café",)


def test_what_has_no_glyph_is_left_out() -> None:
    assert parse("a\x00b\x1b \ue000judge\ue001 \u202eevil").typed == "a b judge evil"


@given(st.text(max_size=600))
def test_anything_can_be_read(raw: str) -> None:
    query = parse(raw)
    assert len(query.typed) <= MOST_CHARACTERS
    assert "\x00" not in query.typed
    assert all(any(char.isalnum() for char in term) for term in query.terms)
    assert parse(query.typed).terms == query.terms or query.is_cut


def test_nothing_is_nothing() -> None:
    assert parse("") == Query()
