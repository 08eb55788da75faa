"""Public names: what they may look like, and when two of them are the same. Pure."""

import re
import unicodedata
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SHAPE = re.compile(r"\w(?:[\w .'-]*[\w.])?")
FILLERS = frozenset("\u115f\u1160\u3164\uffa0")
"""Letters by Unicode's word, and blank to every eye."""
RESERVED = frozenset(
    [
        "admin",
        "administrator",
        "editor",
        "editors",
        "ethicsforum",
        "forum",
        "mod",
        "moderator",
        "moderators",
        "root",
        "staff",
        "support",
        "system",
        "team",
    ]
)


def name_key(name: str) -> str:
    """Two names with one key look alike; only one person may have it.

    Letters of other scripts count as the Latin letter they look like (the table of
    Unicode's report 39), so that nobody can pass for a moderator.
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    latin = "".join(_latin_look(char) for char in folded).casefold()
    return re.sub(r"[\W_]+", "", latin) or folded


@lru_cache(maxsize=4096)
def _latin_look(char: str) -> str:
    if char.isascii():
        return char
    # Seven megabytes of tables, which a process needs once such a name is chosen.
    from confusable_homoglyphs.confusables import confusables_data

    # Some look Latin as capitals only, like the Cyrillic letter em.
    looks = (
        str(look["c"])
        for each in (char, char.upper())
        for look in confusables_data.get(each, ())
    )
    return next((look for look in looks if look.isascii() and look.isalnum()), char)


def validate_name(name: str) -> None:
    if not SHAPE.fullmatch(name) or "  " in name or FILLERS & set(name):
        raise ValidationError(
            _("Use letters, digits, single spaces, dots, hyphens and apostrophes."),
            code="name_shape",
        )


def validate_not_reserved(name: str) -> None:
    if name_key(name) in RESERVED:
        raise ValidationError(_("This name is kept for the site itself."), "reserved")
