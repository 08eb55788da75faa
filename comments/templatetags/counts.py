"""`{% comment_counts articles as counts %}`, then `{{ counts|count_of:article }}`."""

from collections.abc import Iterable

from django import template

from articles.models import Article
from comments.reading.counts import published_count, published_counts

register = template.Library()


@register.simple_tag
def comment_counts(articles: Iterable[Article]) -> dict[int, int]:
    return published_counts(articles)


@register.simple_tag
def comment_count(article: Article) -> int:
    return published_count(article)


@register.filter
def count_of(counts: dict[int, int], article: Article) -> int:
    return counts.get(article.pk, 0)
