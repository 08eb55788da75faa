from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from articles.models import Article


class VisitQuerySet(models.QuerySet["Visit"]):
    def of(self, member: Any, article: Article) -> Self:
        return self.filter(member=member, article=article)


class Visit(models.Model):
    """When a member last looked at a discussion, and when the time before."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    article = models.ForeignKey(Article, on_delete=models.CASCADE)
    seen_at = models.DateTimeField(default=timezone.now)
    """The latest page of the visit that goes on."""
    before = models.DateTimeField(null=True)
    """The latest page of the visit before; None on the first."""

    objects = VisitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "article"], name="visit_once"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.seen_at}"
