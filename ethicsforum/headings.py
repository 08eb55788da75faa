"""A heading's own address within its page, made from its words. Pure."""

import re

from django.utils.text import slugify

HEADING_ID = re.compile(r"section-[\w-]{1,60}")
"""The prefix keeps it apart from every other id of the page."""
LONGEST = 50


def heading_id(words: str, taken: set[str]) -> str:
    """The same words in the same order get the same addresses; no two are alike."""
    stem = slugify(words, allow_unicode=True)[:LONGEST].strip("-_") or "part"
    found, number = f"section-{stem}", 1
    while found in taken:
        number += 1
        found = f"section-{stem}-{number}"
    taken.add(found)
    return found
