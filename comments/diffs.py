"""What changed between two texts, word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from os.path import commonprefix
from typing import Literal, NamedTuple

Kind = Literal["same", "added", "removed"]

TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


class Piece(NamedTuple):
    kind: Kind
    text: str


def word_diff(old: str, new: str) -> list[Piece]:
    """Pieces that make up the old text without `added`, the new without `removed`."""
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    start = len(commonprefix([before, after]))
    rest = min(len(before), len(after)) - start
    end = min(rest, len(commonprefix([before[::-1], after[::-1]])))
    changed = _pieces(before[start : len(before) - end], after[start : len(after) - end])
    pieces = [
        Piece("same", "".join(before[:start])),
        *changed,
        Piece("same", "".join(before[len(before) - end :])),
    ]
    return [piece for piece in pieces if piece.text]


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
