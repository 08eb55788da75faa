"""What changed between two texts, word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Literal, NamedTuple

Kind = Literal["same", "added", "removed"]

TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


class Piece(NamedTuple):
    kind: Kind
    text: str


def word_diff(old: str, new: str) -> list[Piece]:
    """Pieces that make up the old text without `added`, the new without `removed`."""
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    start = _alike(before, after)
    end = _alike(before[start:][::-1], after[start:][::-1])
    middle = (tokens[start : len(tokens) - end] for tokens in (before, after))
    pieces = [
        Piece("same", "".join(before[:start])),
        *_pieces(*middle),
        Piece("same", "".join(before[len(before) - end :])),
    ]
    return [piece for piece in pieces if piece.text]


def _alike(before: list[str], after: list[str]) -> int:
    """How many tokens both begin with."""
    pairs = zip(before, after, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    # White space alone is no likeness. difflib's shortcut for frequent tokens stays
    # on: without it, one word written thousands of times would take minutes.
    matcher = SequenceMatcher(str.isspace, before, after)
    for tag, i, j, k, n in matcher.get_opcodes():
        removed, added = "".join(before[i:j]), "".join(after[k:n])
        if tag == "equal":
            yield Piece("same", removed)
        else:
            yield Piece("removed", removed)
            yield Piece("added", added)
