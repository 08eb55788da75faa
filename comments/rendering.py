"""What a comment may be, and its HTML. Pure."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ethicsforum.markup import COMMENT, nesting, normalise, render

MOST_CHARACTERS = 10_000
MOST_NESTING = 8
# Embeddings, overrides and isolates can make a text read differently from what it is.
DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
RENDER_VERSION = COMMENT.version


def check_body(raw: str) -> str:
    """The text as it will be stored; ValidationError says what is wrong with it."""
    _check_characters(raw)
    body = normalise(raw)
    _check_size(body)
    return body


def check_plain(raw: str, *, most: int) -> str:
    """The same for a text that is no comment, and no Markdown."""
    _check_characters(raw)
    text = normalise(raw)
    if not _visible(text):
        raise ValidationError(_("Please write something first."))
    if len(text) > most:
        message = _("There is room for %(most)s characters; this has %(has)s.")
        figures = {"most": f"{most:,}", "has": f"{len(text):,}"}
        raise ValidationError(message, params=figures)
    return text


def _check_characters(raw: str) -> None:
    if "\x00" in raw:
        raise ValidationError(_("The text has a NUL character; please take it out."))
    if "�" in raw:
        raise ValidationError(
            _(
                "Some characters did not arrive as they were written. "
                "Please replace each � with what you meant."
            )
        )
    if DIRECTION & set(raw):
        raise ValidationError(
            _(
                "The text has invisible characters that change its direction. "
                "Please take them out; typing it anew helps."
            )
        )


def _check_size(body: str) -> None:
    if not _visible(body):
        raise ValidationError(_("Please write something first."))
    if len(body) > MOST_CHARACTERS:
        message = _("Comments have at most %(most)s characters; this has %(has)s.")
        figures = {"most": f"{MOST_CHARACTERS:,}", "has": f"{len(body):,}"}
        raise ValidationError(message, params=figures)
    if nesting(body) > MOST_NESTING:
        message = _("Quotes and lists can be nested at most %(most)s deep.")
        raise ValidationError(message, params={"most": MOST_NESTING})


def _visible(body: str) -> bool:
    return any(unicodedata.category(char)[0] in "LNPS" for char in body)


def render_body(body: str) -> str:
    return render(body, COMMENT)
