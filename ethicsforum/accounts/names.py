"""Public names: what they may look like, and when two of them are the same. Pure."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SHAPE = re.compile(r"\w(?:[\w .'-]*[\w.])?")
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
    """Two names with one key look alike; only one person may have it."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\W_]+", "", folded) or folded


def validate_name(name: str) -> None:
    if not SHAPE.fullmatch(name) or "  " in name:
        raise ValidationError(
            _("Use letters, digits, single spaces, dots, hyphens and apostrophes."),
            code="name_shape",
        )


def validate_not_reserved(name: str) -> None:
    if name_key(name) in RESERVED:
        raise ValidationError(_("This name is kept for the site itself."), "reserved")
