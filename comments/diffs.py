"""What an edit changed, word by word. Pure; a template draws it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

WORD = re.compile(r"\S+\s*")
MOST_PAIRS = 2_000_000
"""Words of one text times words of the other. Above, the passage that changed is
shown as a whole: a text made for it would keep the comparison busy for seconds."""

CONTEXT = 10
"""Unchanged words shown on either side of a change."""


class Kind(StrEnum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Piece:
    kind: Kind
    text: str = ""
    words: int = 0
    """How many unchanged words a skipped piece stands for."""


Words = Sequence[str]


def changes(before: str, after: str) -> list[Piece]:
    """The way from one text to the other; white space alone is no change."""
    old, new = WORD.findall(before), WORD.findall(after)
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    middle = _middle(old[head : len(old) - tail], new[head : len(new) - tail])
    last = len(new) - tail
    runs = [(Kind.SAME, new[:head]), *middle, (Kind.SAME, new[last:])]
    return list(_shortened([run for run in runs if run[1]]))


def _alike(old: Words, new: Words) -> int:
    """How many words the two begin with in common."""
    pairs = zip(old, new, strict=False)
    for place, (one, other) in enumerate(pairs):
        if one.strip() != other.strip():
            return place
    return min(len(old), len(new))


Run = tuple[Kind, Words]


def _middle(old: Words, new: Words) -> Iterator[Run]:
    if len(old) * len(new) > MOST_PAIRS:
        yield Kind.GONE, old
        yield Kind.NEW, new
        return
    match = SequenceMatcher(None, [w.strip() for w in old], [w.strip() for w in new])
    for tag, i, j, k, m in match.get_opcodes():
        if tag == "equal":
            yield Kind.SAME, new[k:m]
        else:
            yield Kind.GONE, old[i:j]
            yield Kind.NEW, new[k:m]


def _shortened(runs: Sequence[Run]) -> Iterator[Piece]:
    """Long unchanged runs give way to a word on how long they are."""
    for place, (kind, words) in enumerate(runs):
        before = CONTEXT if place else 0
        after = CONTEXT if place < len(runs) - 1 else 0
        skipped = len(words) - before - after
        if kind != Kind.SAME or skipped <= CONTEXT:
            yield Piece(kind, "".join(words))
            continue
        if before:
            yield Piece(Kind.SAME, "".join(words[:before]))
        yield Piece(Kind.SKIPPED, words=skipped)
        if after:
            yield Piece(Kind.SAME, "".join(words[-after:]))
