from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models.decision import Decision

MAY_APPEAL_FOR = timedelta(days=183)
"""Six months from the decision (Article 20 of the EU's Digital Services Act)."""
MOST_CHARACTERS = 3000
MOST_MESSAGES = 20
"""By the appellant; and as many questions."""


class AppealQuerySet(models.QuerySet["Appeal"]):
    def open(self) -> Self:
        return self.filter(ruling__isnull=True)

    def of(self, user: Any) -> Self:
        return self.filter(appellant=user)

    def for_moderator(self, moderator: Any) -> Self:
        """Without what this person decided or lodged: others hear it."""
        own = Q(decision__decider=moderator) | Q(appellant=moderator)
        return self.exclude(own)


class Appeal(models.Model):
    """Someone contests a decision about them, once; somebody else hears it."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("the decision stands")
        OVERTURNED = "overturned", _("the decision was overturned")

    decision = models.OneToOneField(
        Decision, on_delete=models.PROTECT, related_name="appeal"
    )
    appellant = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True
    )
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=Outcome.choices, blank=True, default=""
    )
    ruling = models.OneToOneField(
        Decision, on_delete=models.PROTECT, null=True, related_name="rules_on"
    )
    created_at = models.DateTimeField(_("received"), auto_now_add=True)
    due_at = models.DateTimeField(_("answer due"), default=timezone.now)

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ["due_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", ruling__isnull=True)
                | (~Q(outcome="") & Q(ruling__isnull=False)),
                name="appeal_ruled",
            )
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("comments:appeal", args=[self.decision_id])

    @property
    def is_open(self) -> bool:
        return self.ruling_id is None

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due_at < timezone.now()


class AppealMessage(models.Model):
    """What the appellant writes, and what a moderator asks back."""

    appeal = models.ForeignKey(
        Appeal, on_delete=models.CASCADE, related_name="messages"
    )
    by_moderator = models.BooleanField(default=False)
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    text = models.TextField(_("text"))
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("message in an appeal")
        verbose_name_plural = _("messages in appeals")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.appeal_id}/{self.pk}"
