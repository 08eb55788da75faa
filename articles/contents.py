"""The table of contents of a long piece, read off its rendered text. Pure."""

import re
from dataclasses import dataclass

from ethicsforum.markup import plain_text

HEADING = re.compile(r'<h([23]) id="([^"]+)">(.*?)</h\1>', re.DOTALL)
FEWEST_HEADINGS = 3
FEWEST_WORDS = 800


@dataclass(frozen=True)
class Heading:
    level: int
    id: str
    words: str


def contents_of(html: str, *, words: int) -> list[Heading]:
    """Nothing for a piece that is short, or hardly divided."""
    if words < FEWEST_WORDS:
        return []
    found = [
        Heading(int(level), name, plain_text(inside))
        for level, name, inside in HEADING.findall(html)
    ]
    return found if len(found) >= FEWEST_HEADINGS else []
