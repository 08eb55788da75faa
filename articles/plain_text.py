"""Text as an editor pastes it, turned into Markdown that shows the same words.

Pure: lines in, title and Markdown out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median_low

SHORT = 100
"""A longer line is a paragraph, however it ends."""

CLOSERS = "\"'”’»›)]*_"
SENTENCE_ENDS = ".!…。！।؟"
PAUSES = ":;,"
QUESTIONS = "?？"

Blocks = list[list[str]]


@dataclass(frozen=True)
class Pasted:
    title: str
    body: str
    left_out: tuple[str, ...]
    """The page furniture that was dropped, so that somebody can be told."""


def read_pasted(text: str) -> Pasted:
    """The first line is the title; the rest is paragraphs and section headings."""
    title, *lines = text.strip().split("\n")
    paragraphs, furniture = _without_furniture(_paragraphs(lines))
    following = [*paragraphs[1:], ""]
    body = map(_markdown, paragraphs, following)
    return Pasted(title.strip(), "\n\n".join(body), tuple(furniture))


# --- Lines to paragraphs --------------------------------------------------


def _paragraphs(lines: Sequence[str]) -> list[str]:
    stripped = [line.strip() for line in lines]
    blocks = [list(group) for filled, group in groupby(stripped, key=bool) if filled]
    width = _wrapped_at(blocks)
    if width is None:
        return [line for block in blocks for line in block]
    return [whole for block in blocks for whole in _joined(block, width)]


def _wrapped_at(blocks: Blocks) -> int | None:
    """How long lines are where a program broke them; None if each is a paragraph."""
    breaks = [pair for block in blocks for pair in pairwise(block)]
    wrapped = [len(line) for line, after in breaks if _runs_on(line, after)]
    # Headings and ends of sentences fall on a break too: a third is plenty.
    if not wrapped or 3 * len(wrapped) < len(breaks):
        return None
    return median_low(wrapped)


def _runs_on(line: str, after: str) -> bool:
    return after[0].islower() and not _ends_with(line, SENTENCE_ENDS + QUESTIONS)


def _joined(block: list[str], width: int) -> list[str]:
    whole = block[:1]
    for line, after in pairwise(block):
        if _break_was_meant(line, after, width):
            whole.append(after)
        else:
            whole[-1] += _glue(line) + after
    return whole


LIST_ITEM = re.compile(r"(?:[-*+•–]|\d{1,3}[.)])\s")


def _break_was_meant(line: str, after: str, width: int) -> bool:
    """A break was made by hand if the next word would have fitted easily."""
    if LIST_ITEM.match(after):
        return True
    needed = len(line) + 1 + len(after.split(maxsplit=1)[0])
    return not after[0].islower() and needed <= width * 0.75


def _glue(line: str) -> str:
    # `well-` + `known`, `years—` + `to`: programs break after these without a space.
    return "" if re.search(r"\w[-—]$", line) else " "


# --- What a line is -------------------------------------------------------


def _without_furniture(paragraphs: list[str]) -> tuple[list[str], list[str]]:
    """Without what a page leaves under the last paragraph: 'Write A Comment' …"""
    text = [place for place, line in enumerate(paragraphs) if not _furniture(line)]
    if not text:
        return paragraphs, []
    end = text[-1] + 1
    return paragraphs[:end], paragraphs[end:]


def _furniture(line: str) -> bool:
    # A last question is more often the author's than the page's.
    return len(line) <= SHORT and not _ends_with(line, SENTENCE_ENDS + QUESTIONS)


def _heading(line: str) -> bool:
    has_words = any(sign.isalnum() for sign in line)
    ends = _ends_with(line, SENTENCE_ENDS + PAUSES)
    return len(line) <= SHORT and has_words and not ends


def _ends_with(line: str, signs: str) -> bool:
    return line.rstrip(CLOSERS).endswith(tuple(signs))


def _markdown(line: str, following: str) -> str:
    stands_over_text = bool(following) and not _heading(following)
    if _heading(line) and stands_over_text:
        return f"## {escape(line)}"
    return escape(line)


# --- Plain words to Markdown ----------------------------------------------

WEB_ADDRESS = re.compile(
    r"https?://(?=\w)[^\s<>\"“”„«»]*[^\s<>\"“”„«»'’‘.,;:!?…()\[\]{}*_~`\\|]/?",
    re.IGNORECASE,
)
SPECIAL = re.compile(r"([\\`*_\[\]<~])")
ENTITY = re.compile(r"&(?=#?\w+;)")
HASHES = re.compile(r"(?:^|(?<=\s))#")
BLOCK_SIGN = re.compile(r"^([-+>=])")
NUMBER = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")


def escape(words: str) -> str:
    """Markdown for one line of plain words: what comes out is what stood there."""
    pieces: list[str] = []
    end = 0
    for address in WEB_ADDRESS.finditer(words):
        pieces += [_escape_inline(words[end : address.start()]), _link(address[0])]
        end = address.end()
    whole = "".join([*pieces, _escape_inline(words[end:])])
    return NUMBER.sub(r"\1\\\2", BLOCK_SIGN.sub(r"\\\1", whole))


def _escape_inline(words: str) -> str:
    # A scheme that begins no link here must not begin one of the renderer's guessing.
    words = SPECIAL.sub(r"\\\1", words).replace("://", "\\://")
    return HASHES.sub(r"\\#", ENTITY.sub(r"\\&", words))


def _link(address: str) -> str:
    # Markdown would show these decoded, that is, not as they stood.
    if "%" in address or "xn--" in address.lower():
        return f"[{_escape_inline(address)}](<{address}>)"
    return f"<{address}>"
