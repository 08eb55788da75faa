from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.models import Article


class AttentionQuerySet(models.QuerySet[Any]):
    def of(self, member: Any) -> Self:
        return self.filter(member=member)


class Attention(models.Model):
    """To one thing each time, once, and never to oneself."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="%(class)ss"
    )
    article = models.ForeignKey(Article, on_delete=models.CASCADE, null=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        related_name="%(class)ss_of_them",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AttentionQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["member", "article"],
                condition=Q(article__isnull=False),
                name="%(class)s_article_once",
            ),
            models.UniqueConstraint(
                fields=["member", "person"],
                condition=Q(person__isnull=False),
                name="%(class)s_person_once",
            ),
            models.CheckConstraint(
                condition=Q(article__isnull=True, person__isnull=False)
                | Q(article__isnull=False, person__isnull=True),
                name="%(class)s_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=True) | ~Q(person=F("member")),
                name="%(class)s_not_oneself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id or self.person_id}"


class Follow(Attention):
    """A member wants to hear of what is new in a discussion, or from a person."""

    class Meta(Attention.Meta):
        verbose_name = _("follow")
        verbose_name_plural = _("follows")


class Mute(Attention):
    """A member hears nothing of a discussion, or finds a person's comments folded.
    The person is not told, and others see no difference."""

    class Meta(Attention.Meta):
        verbose_name = _("mute")
        verbose_name_plural = _("mutes")
