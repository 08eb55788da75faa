from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comments.models.comment import Comment


class VoteQuerySet(models.QuerySet["Vote"]):
    def by(self, member: Any) -> Self:
        return self.filter(member=member)


class Vote(models.Model):
    """What one member thinks of one comment, on two axes that don't mix: whether it
    adds to the discussion, and whether they agree with it."""

    class Axis(models.TextChoices):
        VALUE = "value", _("adds to the discussion")
        AGREE = "agree", _("agreement")

    class Choice(models.IntegerChoices):
        DOWN = -1, _("down")
        NONE = 0, _("none")
        UP = 1, _("up")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    comment = models.ForeignKey(Comment, on_delete=models.PROTECT)
    value = models.SmallIntegerField(choices=Choice.choices, default=Choice.NONE)
    agree = models.SmallIntegerField(choices=Choice.choices, default=Choice.NONE)
    changed_at = models.DateTimeField(auto_now=True)

    objects = VoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints = [
            models.UniqueConstraint(fields=["member", "comment"], name="vote_once"),
            models.CheckConstraint(
                condition=Q(value__in=[-1, 0, 1], agree__in=[-1, 0, 1]),
                name="vote_known",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.comment_id}: {self.value}, {self.agree}"
