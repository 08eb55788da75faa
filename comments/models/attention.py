from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.models import Article


def _constraints(name: str) -> list[models.BaseConstraint]:
    """To one thing each time, once, and never to oneself."""
    return [
        models.UniqueConstraint(
            fields=["member", "article"],
            condition=Q(article__isnull=False),
            name=f"{name}_article_once",
        ),
        models.UniqueConstraint(
            fields=["member", "person"],
            condition=Q(person__isnull=False),
            name=f"{name}_person_once",
        ),
        models.CheckConstraint(
            condition=Q(article__isnull=True, person__isnull=False)
            | Q(article__isnull=False, person__isnull=True),
            name=f"{name}_one_thing",
        ),
        models.CheckConstraint(
            condition=Q(person__isnull=True) | ~Q(person=F("member")),
            name=f"{name}_not_oneself",
        ),
    ]


class AttentionQuerySet(models.QuerySet[Any]):
    def of(self, member: Any) -> Self:
        return self.filter(member=member)


class Follow(models.Model):
    """A member wants to hear of what is new in a discussion, or from a person."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows"
    )
    article = models.ForeignKey(Article, on_delete=models.CASCADE, null=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        related_name="followed_by",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AttentionQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        constraints = _constraints("follow")

    def __str__(self) -> str:
        return f"{self.article_id or self.person_id}"


class Mute(models.Model):
    """A member hears nothing of a discussion, or finds a person's comments folded.
    The person is not told, and others see no difference."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mutes"
    )
    article = models.ForeignKey(Article, on_delete=models.CASCADE, null=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        related_name="muted_by",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AttentionQuerySet.as_manager()

    class Meta:
        verbose_name = _("mute")
        verbose_name_plural = _("mutes")
        constraints = _constraints("mute")

    def __str__(self) -> str:
        return f"{self.article_id or self.person_id}"
