"""How the screeners look at a text: folded, so that spelling tricks don't matter."""

import hashlib
import re
import unicodedata
from functools import lru_cache


# A dry run looks at each text twice in a row.
@lru_cache(maxsize=2)
def fold(text: str) -> str:
    """Compatibility forms unified, case folded, invisible characters dropped."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    for char in set(folded):
        if unicodedata.category(char) == "Cf":
            folded = folded.replace(char, "")
    return folded


def text_key(text: str) -> str:
    """The same for two texts that differ only in case, spacing and look-alikes."""
    words = " ".join(fold(text).split())
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()


@lru_cache(maxsize=2)
def capitals(text: str) -> tuple[int, float]:
    """How many letters have a case, and which share of them is capital."""
    upper = sum(map(str.isupper, text))
    cased = upper + sum(map(str.islower, text))
    return cased, upper / cased if cased else 0.0


def watched_phrases(text: str, phrases: tuple[str, ...]) -> list[str]:
    """Those of the phrases that stand in the text as whole words, in text order."""
    return [*dict.fromkeys(_matches(fold(text), phrases))] if phrases else []


@lru_cache(maxsize=2)
def _matches(folded: str, phrases: tuple[str, ...]) -> tuple[str, ...]:
    groups = _pattern(phrases).finditer(folded)
    return tuple(phrases[int(str(match.lastgroup)[1:])] for match in groups)


@lru_cache(maxsize=8)
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    # Each phrase is escaped: a moderator can't write an expression, or a slow one.
    parts = (f"(?P<p{i}>{_phrase(phrase)})" for i, phrase in enumerate(phrases))
    # Most places in a text are passed over by their first letter.
    starts = "".join({re.escape(fold(phrase).strip()[:1]) for phrase in phrases})
    return re.compile(rf"(?<!\w)(?=[{starts}])(?:{'|'.join(parts)})(?!\w)")


def _phrase(phrase: str) -> str:
    stem = fold(phrase.rstrip("*"))
    words = r"\s+".join(re.escape(word) for word in stem.split())
    return words + (r"\w*" if phrase.endswith("*") else "")
