from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models.decision import Decision

MAIL_TRIES = 40
"""About a day and a half with the pauses below; after that `check_forum` says so."""
FIRST_PAUSE = timedelta(minutes=2)
LONGEST_PAUSE = timedelta(hours=1)
UNCLAIMED = timedelta(seconds=30)
"""A notice that no worker took for so long is sent to one again."""


def pause_after(tries: int) -> timedelta:
    """How long one attempt has, before the next may begin."""
    doublings: int = 2 ** min(tries, 10)
    return min(FIRST_PAUSE * doublings, LONGEST_PAUSE)


class NotificationQuerySet(models.QuerySet["Notification"]):
    def of(self, user: Any) -> Self:
        return self.filter(recipient=user)

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)

    def mail_due(self, now: datetime | None = None) -> Self:
        """Mail not sent, and nobody is at it."""
        due = self.filter(mail_due_at__lte=now or timezone.now())
        return due.filter(mailed_at__isnull=True, mail_tries__lt=MAIL_TRIES)

    def mail_unclaimed(self, now: datetime | None = None) -> Self:
        """Due for a while, so that the word to the worker must have been lost."""
        return self.mail_due((now or timezone.now()) - UNCLAIMED).order_by("pk")


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
    mail_due_at = models.DateTimeField(default=timezone.now)
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
