"""Texts of made-up comments: words by a law of Zipf's, always the same ones. Pure."""

import hashlib
from collections.abc import Iterator
from itertools import accumulate
from random import Random

STARTS = [consonant + vowel for consonant in "bcdfglmprst" for vowel in "aeio"]
MIDDLES = ("r", "l", "n", "m", "s", "t", "v", "nd", "st", "rt")
ENDS = ("a", "al", "an", "ed", "en", "er", "ing", "ion", "ity", "o", "on", "ous")
WORDS = [start + middle + end for end in ENDS for start in STARTS for middle in MIDDLES]

POOL = 20_000
"""Sentences; a comment has two to six of them."""


class Prose:
    def __init__(self, seed: int = 1) -> None:
        self._law = Random(seed)  # noqa: S311  # the same data each time
        self.words = WORDS[:]
        self._law.shuffle(self.words)
        ranks = range(10, len(self.words) + 10)
        self._weights = list(accumulate(1 / rank for rank in ranks))
        self._pool = [self._sentence() for _ in range(POOL)]

    def sources(self) -> Iterator[str]:
        """Without end; no two alike."""
        number = 0
        while True:
            number += 1
            yield self.source(number)

    def source(self, number: int) -> str:
        """Markdown that means itself: letters, stops, and an empty line between."""
        count = 2 + int(self._law.betavariate(1.2, 2) * 5)
        said = self._law.choices(self._pool, k=count)
        middle = (count + 1) // 2
        first, second = " ".join(said[:middle]), " ".join(said[middle:])
        return f"{first} {_in_letters(number)}\n\n{second}"

    def _sentence(self) -> str:
        length = self._law.randint(6, 20)
        words = self._law.choices(self.words, cum_weights=self._weights, k=length)
        return f"{' '.join(words).capitalize()}."


def html_of(source: str) -> str:
    """What the renderer makes of such a text."""
    paragraphs = source.split("\n\n")
    return "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs)


def key_of(source: str) -> str:
    """What `comments.screening.text.text_key` gives for such a text."""
    words = source.lower().replace("\n\n", " ")
    return hashlib.sha256(words.encode()).hexdigest()


def _in_letters(number: int) -> str:
    """A word that no other text has."""
    letters = "".join(chr(ord("a") + int(digit)) for digit in str(number))
    return f"Number {letters}."
