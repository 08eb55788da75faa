"""`{% structured_data article page %}`: the article and its comments as JSON-LD."""

from collections.abc import Iterable, Sequence

from django import template
from django.utils.safestring import SafeString, mark_safe

from articles.models import Article
from articles.structured import article_data
from comments.reading.branches import Joined
from comments.reading.pages import DiscussionPage
from comments.reading.structured import MOST, as_json
from ethicsforum.page_cache.fragments import moment, recall, remember

register = template.Library()


@register.simple_tag
def structured_data(
    article: Article,
    page: DiscussionPage | None = None,
    count: int = 0,
    joined: Sequence[Joined] = (),
) -> SafeString:
    text = _article(article)
    if page is not None:
        comments = ", ".join(_told(joined))
        text = f'{text[:-1]}, "commentCount": {count}, "comment": [{comments}]}}'
    script = f'<script type="application/ld+json">{text}</script>'
    return mark_safe(script)  # noqa: S308  # every sign that could end it is escaped


def _article(article: Article) -> str:
    name, began = ("article-data", article.version), moment()
    found: str | None = recall(name)
    if found is None:
        found = as_json(article_data(article))
        remember(name, found, size=2 * len(found) + 500, moment=began)
    return found


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
