"""How many comments readers find under each article."""

from collections.abc import Iterable

from django.db.models import Count

from articles.models import Article
from comments.models import Comment


def published_counts(articles: Iterable[Article]) -> dict[int, int]:
    """By the articles' keys, in one query; nothing for a hidden discussion."""
    hidden = Article.Discussion.HIDDEN
    open_to_readers = [a.pk for a in articles if a.discussion != hidden]
    if not open_to_readers:
        return {}
    published = Comment.objects.published().filter(article__in=open_to_readers)
    grouped = published.order_by().values("article").annotate(n=Count("pk"))
    return dict(grouped.values_list("article", "n"))
