"""How many comments readers find under each article."""

from collections.abc import Iterable

from django.db.models import Count

from articles.models import Article
from comments.models import Comment
from ethicsforum.page_cache.fragments import moment, recall, remember
from ethicsforum.page_cache.marking import article_key


def published_counts(articles: Iterable[Article]) -> dict[int, int]:
    """By the articles' keys, in one query; nothing for a hidden discussion."""
    hidden = Article.Discussion.HIDDEN
    open_to_readers = [a.pk for a in articles if a.discussion != hidden]
    if not open_to_readers:
        return {}
    published = Comment.objects.published().filter(article__in=open_to_readers)
    grouped = published.order_by().values("article").annotate(n=Count("pk"))
    return dict(grouped.values_list("article", "n"))


def published_count(article: Article) -> int:
    """From memory, where this process is told of each decision under the article."""
    name, began = ("comments", article.pk, article.discussion), moment()
    found: int | None = recall(name, only_if_told=True)
    if found is None:
        found = published_counts([article]).get(article.pk, 0)
        keys = frozenset([article_key(article.pk)])
        remember(name, found, size=500, moment=began, keys=keys)
    return found
