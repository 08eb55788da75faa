"""The article of a page, from memory where its process would hear of a change."""

from copy import copy
from typing import Any

from django.shortcuts import get_object_or_404

from articles.models import Article
from ethicsforum.page_cache.fragments import moment, recall, remember

LONG_TEXTS = ("body", "body_html")
"""Not remembered twice: the page's HTML is kept. Django fetches them when asked for."""
SIZE = 8_000


def article_for(user: Any, slug: str) -> Article:
    """As `visible_to` has it; a copy, to do with as one likes. Or Http404."""
    kept: Article | None = recall(("article", slug), only_if_told=True)
    if kept is not None and kept.is_published:
        return copy(kept)
    began = moment()
    visible = Article.objects.visible_to(user).prefetch_related("topics")
    article = get_object_or_404(visible, slug=slug)
    if not article.is_published:
        return article
    slim = copy(article)
    for name in LONG_TEXTS:
        del slim.__dict__[name]
    remember(("article", slug), slim, size=SIZE, moment=began)
    return article
