from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models.decision import Decision

MAIL_TRIES = 5
MAIL_LEASE = timedelta(minutes=2)
"""How long one attempt to send has before another may begin."""


class NotificationQuerySet(models.QuerySet["Notification"]):
    def of(self, user: Any) -> Self:
        return self.filter(recipient=user)

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)

    def mail_due(self, now: datetime | None = None) -> Self:
        """Mail not sent, and nobody is at it."""
        lease_over = (now or timezone.now()) - MAIL_LEASE
        free = Q(mail_claimed_at__isnull=True) | Q(mail_claimed_at__lt=lease_over)
        return self.filter(
            free, mailed_at__isnull=True, mail_tries__lt=MAIL_TRIES
        ).order_by("pk")


class Notification(models.Model):
    """Word to an author about a decision: a row on the site, a mail from the worker."""

    class Kind(models.TextChoices):
        APPROVED = "approved", _("approved")
        REJECTED = "rejected", _("rejected")
        REMOVED = "removed", _("removed")
        RESTORED = "restored", _("restored")

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    mail_claimed_at = models.DateTimeField(null=True)
    mail_tries = models.PositiveSmallIntegerField(default=0)
    mailed_at = models.DateTimeField(null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [
            models.Index(fields=["recipient", "-id"], name="notification_of_member"),
            models.Index(
                fields=["id"],
                condition=Q(mailed_at__isnull=True),
                name="notification_unmailed",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "decision"], name="notification_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.decision_id})"
