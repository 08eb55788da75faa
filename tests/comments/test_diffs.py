"""What an edit changed, as data."""

from hypothesis import given
from hypothesis import strategies as st

from comments.diffs import CONTEXT, MOST_PAIRS, Kind, Piece, changes


def kinds(before: str, after: str) -> list[str]:
    return [str(piece.kind) for piece in changes(before, after)]


def test_a_word_in_the_middle() -> None:
    assert changes("The old text.", "The new text.") == [
        Piece(Kind.SAME, "The "),
        Piece(Kind.GONE, "old "),
        Piece(Kind.NEW, "new "),
        Piece(Kind.SAME, "text."),
    ]


def test_words_at_the_ends() -> None:
    assert kinds("b", "a b") == ["new", "same"]
    assert kinds("a b", "a") == ["same", "gone"]
    assert kinds("", "a") == ["new"]
    assert kinds("a", "") == ["gone"]


def test_the_same_text_has_no_change() -> None:
    assert kinds("a b", "a b") == ["same"]
    assert changes("", "") == []


def test_white_space_alone_is_no_change() -> None:
    assert kinds("a b", "a\n\nb") == ["same"]


def test_a_long_run_of_the_same_words_is_shortened() -> None:
    same = "word " * 100
    pieces = changes(f"old {same} end", f"new {same} final")
    assert [piece.kind for piece in pieces] == [
        Kind.GONE,
        Kind.NEW,
        Kind.SAME,
        Kind.SKIPPED,
        Kind.SAME,
        Kind.GONE,
        Kind.NEW,
    ]
    assert pieces[3].words == 100 - 2 * CONTEXT


def test_texts_too_long_to_compare_are_shown_as_a_whole() -> None:
    many = int(MOST_PAIRS**0.5) + 1
    before = " ".join(f"a{n}" for n in range(many))
    after = " ".join(f"a{n}" for n in reversed(range(many)))
    assert kinds(before, after) == ["gone", "new"]


words = st.lists(st.sampled_from(["a", "b", "c", "<b>", "é"]), max_size=30)


@given(words, words)
def test_the_pieces_make_up_both_texts(old: list[str], new: list[str]) -> None:
    pieces = changes(" ".join(old), " ".join(new))
    if any(piece.kind == Kind.SKIPPED for piece in pieces):
        return
    kept = "".join(p.text for p in pieces if p.kind != Kind.GONE)
    left = "".join(f"{p.text} " for p in pieces if p.kind != Kind.NEW)
    assert kept.split() == new
    assert left.split() == old
