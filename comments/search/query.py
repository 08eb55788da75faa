"""What somebody typed, as words to look for. Pure: knows no engine's syntax.

Every word must be there, "words in quotes" stand together, and the last word may be
the beginning of one.
"""

import re
import unicodedata
from dataclasses import dataclass

MOST_CHARACTERS = 200
MOST_TERMS = 12
SHORTEST_PREFIX = 3

QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″＂", '"'))  # all kinds of quotes
PIECE = re.compile(r'"([^"]*)(?:"|$)|([^\s"]+)')
UNWRITTEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff"
    "\u202a-\u202e\u2066-\u2069\ue000-\uf8ff\U000f0000-\U0010ffff]"
)
"""Controls, halves of characters, overrides of direction, and the private characters,
two of which mark what was found. A line's end is left."""

COMMON = frozenset(
    re.findall(
        r"\w+",
        """
        i me my myself we our ours ourselves you your yours yourself yourselves he him
        his himself she her hers herself it its itself they them their theirs themselves
        what which who whom this that these those am is are was were be been being have
        has had having do does did doing a an the and but if or because as until while
        of at by for with about against between into through during before after above
        below to from up down in out on off over under again further then once here
        there when where why how all any both each few more most other some such no nor
        not only own same so than too very s t can will just don should now
        """,
    )
)
"""PostgreSQL's English stop words: looked for by neither engine, unless in quotes."""


@dataclass(frozen=True)
class Query:
    typed: str = ""
    """What was typed, as the page shows it again."""
    terms: tuple[str, ...] = ()
    """All of these must be there; one of several words, in that order."""
    open_ended: bool = False
    """The last term may go on."""
    is_cut: bool = False
    """There was more than is looked for."""

    @property
    def only_common(self) -> bool:
        """Words were typed, but only such as are in nearly every text."""
        return not self.terms and has_word(self.typed)


def parse(raw: str) -> Query:
    clean = plain(raw)
    typed = clean[:MOST_CHARACTERS].strip()
    pieces = _pieces(typed)
    looked_for = [text for text, quoted in pieces if quoted or not is_common(text)]
    terms = tuple(dict.fromkeys(looked_for))
    last_text, last_quoted = pieces[-1] if pieces else ("", True)
    return Query(
        typed=typed,
        terms=terms[:MOST_TERMS],
        open_ended=(
            not last_quoted
            and len(last_text) >= SHORTEST_PREFIX
            and terms[:MOST_TERMS][-1:] == (last_text,)
        ),
        is_cut=len(clean) > MOST_CHARACTERS or len(terms) > MOST_TERMS,
    )


def plain(raw: str) -> str:
    """One line in composed characters, with nothing in it that has no glyph."""
    # Four times as much is enough to see that it is too long.
    return " ".join(written(raw[: 4 * MOST_CHARACTERS]).split())


def written(text: str) -> str:
    """Composed, so that an accent is part of its letter, and all of it visible."""
    return UNWRITTEN.sub(" ", unicodedata.normalize("NFC", text))


def is_common(text: str) -> bool:
    return text.strip(".,;:!?()'’").lower() in COMMON


def has_word(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _pieces(text: str) -> list[tuple[str, bool]]:
    """Each word and each quotation with a letter or digit in it; whether quoted."""
    found = PIECE.findall(text.translate(QUOTES))
    pieces = [(quoted.strip() or bare, not bare) for quoted, bare in found]
    return [(piece, quoted) for piece, quoted in pieces if has_word(piece)]
