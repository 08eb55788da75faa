from typing import Self

from django.db import models
from django.db.models import F, Q

from articles.models import Article
from comments.models.comment import Comment
from comments.states import State


class SearchDocumentQuerySet(models.QuerySet["SearchDocument"]):
    def visible(self) -> Self:
        """What everybody may read now, whatever the index says."""
        shown = Q(comment__isnull=True) | (
            Q(comment__state=State.PUBLISHED)
            & ~Q(article__discussion=Article.Discussion.HIDDEN)
        )
        return self.filter(shown, article__in=Article.objects.published())


class SearchDocument(models.Model):
    """What search finds: one row for each published article and each published
    comment, with the words readers see. It is written and deleted in the
    transaction that makes the text public or takes it down; its key is the comment's,
    or the article's with a minus. See `comments.search`."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE)
    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, null=True)
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    public_at = models.DateTimeField()

    objects = SearchDocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article"],
                condition=models.Q(comment__isnull=True),
                name="search_article_once",
            ),
            models.CheckConstraint(
                condition=Q(comment__isnull=False, id=F("comment"))
                | Q(comment__isnull=True, id=0 - F("article")),
                name="search_key_tells_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}/{self.comment_id}"
