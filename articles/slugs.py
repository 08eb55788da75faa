"""The part of an address that comes from words."""

import hashlib
import unicodedata

from django.utils.text import slugify

MARK_LENGTH = 8


def slug_for(words: str, *, prefix: str, max_length: int) -> str:
    """An address for the words, in ASCII and never empty.

    Words that ASCII or the length can't hold get a mark made from all of them:
    two titles in Georgian must not end up at one address.
    """
    slug = slugify(words)
    if slug and len(slug) <= max_length and _letters(words) == _letters(slug):
        return slug
    start = slug[: max_length - MARK_LENGTH - 1].strip("-_") or prefix
    return f"{start}-{_mark(words)}"


def _letters(words: str) -> int:
    return sum(sign.isalnum() for sign in unicodedata.normalize("NFKD", words))


def _mark(words: str) -> str:
    same = unicodedata.normalize("NFKC", words).casefold()
    return hashlib.sha256(same.encode()).hexdigest()[:MARK_LENGTH]
