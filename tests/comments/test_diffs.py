"""word_diff: pieces from which both texts can be put together again."""

import random
from itertools import product

import pytest

from comments.diffs import Piece, word_diff


def test_words_are_told_apart_and_not_letters() -> None:
    assert word_diff("The quick brown fox", "The slow brown fox jumps.") == [
        Piece("same", "The "),
        Piece("removed", "quick"),
        Piece("added", "slow"),
        Piece("same", " brown fox"),
        Piece("added", " jumps."),
    ]


def test_the_same_text_is_one_piece() -> None:
    text = "word " * 1000
    assert word_diff(text, text) == [Piece("same", text)]
    assert word_diff("", "") == []


def test_from_and_to_nothing() -> None:
    assert word_diff("", "All new.") == [Piece("added", "All new.")]
    assert word_diff("All gone.", "") == [Piece("removed", "All gone.")]


STRANGE = [
    "",
    " ",
    "a",
    "a a",
    "a a a",
    "\r\n\t",
    "<b>&amp;</b>",
    "e\u0301 \u202e né",
    "🙂",
]


@pytest.mark.parametrize(("old", "new"), [*product(STRANGE, STRANGE)])
def test_both_texts_are_in_the_pieces(old: str, new: str) -> None:
    assert_whole(old, new)


def test_long_texts_of_few_words_are_told_apart_too() -> None:
    chance = random.Random(3)  # noqa: S311  # no secret: it must repeat
    for words in (1, 2, 20, 200):
        old, new = (
            " ".join(str(chance.randrange(words)) for _ in range(2500))
            for _side in range(2)
        )
        assert_whole(old, new)


def assert_whole(old: str, new: str) -> None:
    pieces = word_diff(old, new)
    assert "".join(p.text for p in pieces if p.kind != "added") == old
    assert "".join(p.text for p in pieces if p.kind != "removed") == new
    assert all(piece.text for piece in pieces)
