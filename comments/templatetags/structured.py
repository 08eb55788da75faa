"""`{% structured_data article page %}`: the article and its comments as JSON-LD."""

from collections.abc import Iterable, Sequence

from django import template
from django.utils.safestring import SafeString, mark_safe

from articles.models import Article
from articles.structured import article_data
from comments.reading.branches import Joined
from comments.reading.pages import DiscussionPage
from comments.reading.structured import MOST, as_json

register = template.Library()


@register.simple_tag
def structured_data(
    article: Article,
    page: DiscussionPage | None = None,
    count: int = 0,
    joined: Sequence[Joined] = (),
) -> SafeString:
    text = as_json(article_data(article))
    if page is not None:
        comments = ", ".join(_told(joined))
        text = f'{text[:-1]}, "commentCount": {count}, "comment": [{comments}]}}'
    script = f'<script type="application/ld+json">{text}</script>'
    return mark_safe(script)  # noqa: S308  # every sign that could end it is escaped


def _told(joined: Iterable[Joined]) -> list[str]:
    """Whole branches, as many as a page may tell machines of."""
    told: list[str] = []
    count = 0
    for branch in joined:
        count += branch.count
        if count > MOST:
            break
        told += branch.data
    return told
