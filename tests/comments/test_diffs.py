"""What an edit changed: pieces from which both texts can be read."""

from hypothesis import given
from hypothesis import strategies as st

from comments.diffs import CONTEXT, Kind, Piece, changes

WORDS = st.lists(st.sampled_from(["a", "b", "an", "other", "word"]), max_size=40)


def words(pieces: list[Piece], *kinds: Kind) -> list[str]:
    return "".join(p.text for p in pieces if p.kind in kinds).split()


def test_words_that_went_and_came() -> None:
    pieces = changes("The quick brown fox", "The slow brown fox jumps.")
    assert [(p.kind, p.text.strip()) for p in pieces] == [
        (Kind.SAME, "The"),
        (Kind.GONE, "quick"),
        (Kind.NEW, "slow"),
        (Kind.SAME, "brown fox"),
        (Kind.NEW, "jumps."),
    ]


def test_white_space_alone_is_no_change() -> None:
    assert {p.kind for p in changes("one  two\nthree", "one two three")} == {Kind.SAME}


def test_all_new_and_all_gone() -> None:
    assert changes("", "All new.") == [Piece(Kind.NEW, "All new.")]
    assert changes("All gone.", "") == [Piece(Kind.GONE, "All gone.")]
    assert changes("", "") == []


def test_a_long_unchanged_run_gives_way_to_its_length() -> None:
    same = " ".join(["same"] * 100)
    pieces = changes(f"old {same}", f"new {same}")
    skipped = [p for p in pieces if p.kind == Kind.SKIPPED]
    assert [p.words for p in skipped] == [100 - CONTEXT]


def test_a_text_made_to_be_slow_is_shown_as_a_whole() -> None:
    old, new = "a b " * 1000, "b a a " * 1000
    kinds = [p.kind for p in changes(old, new)]
    assert Kind.GONE in kinds
    assert Kind.NEW in kinds


@given(WORDS, WORDS)
def test_both_texts_can_be_read_from_the_pieces(old: list[str], new: list[str]) -> None:
    pieces = changes(" ".join(old), " ".join(new))
    if any(p.kind == Kind.SKIPPED for p in pieces):
        return
    assert words(pieces, Kind.SAME, Kind.GONE) == old
    assert words(pieces, Kind.SAME, Kind.NEW) == new
