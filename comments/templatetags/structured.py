"""`{% structured_data article page %}`: the article and its comments as JSON-LD."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.safestring import SafeString, mark_safe

from articles.models import Article
from articles.structured import article_data
from comments.reading.pages import DiscussionPage
from comments.reading.pieces import Piece
from comments.reading.structured import MOST, comment_data

register = template.Library()

# As Django's json_script: no sign is left that could end the element.
ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}


@register.simple_tag
def structured_data(
    article: Article,
    page: DiscussionPage | None = None,
    count: int = 0,
    pieces: Sequence[Piece] = (),
) -> SafeString:
    text = _json(article_data(article))
    if page is not None:
        made, _count = comment_data(entry.comment for entry in page.entries)
        comments = ", ".join(_within(pieces) or map(_json, made))
        text = f'{text[:-1]}, "commentCount": {count}, "comment": [{comments}]}}'
    script = f'<script type="application/ld+json">{text.translate(ESCAPES)}</script>'
    return mark_safe(script)  # noqa: S308  # every sign that could end it is escaped


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False)


def _within(pieces: Iterable[Piece]) -> list[str]:
    """Whole pieces, as many as a page may tell machines of."""
    told: list[str] = []
    count = 0
    for piece in pieces:
        count += piece.count
        if count > MOST:
            break
        told += piece.data
    return told
