from django.db import models

from articles.models import Article
from comments.models.comment import Comment


class SearchDocument(models.Model):
    """What search finds: one row for each published article and each published
    comment, with the words readers see. It is written and deleted in the
    transaction that makes the text public or takes it down."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE)
    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, null=True)
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    public_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article"],
                condition=models.Q(comment__isnull=True),
                name="search_article_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}/{self.comment_id}"
