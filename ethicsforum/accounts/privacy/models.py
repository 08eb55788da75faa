"""What people ask for about their own data. The row is the order; a worker does it."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ethicsforum.outbox import OutboxQuerySet

KEPT_FOR = timedelta(hours=24)
"""How long an export can be fetched; as long, nobody needs another."""
MOST_TRIES = 3
LOST = timedelta(seconds=30)
"""An order that no worker took for so long is sent to one again."""
STALLED = timedelta(minutes=5)
"""A worker that began so long ago has died; longer than the task may take."""


class ExportQuerySet(OutboxQuerySet["Export"]):
    def unmade(self, now: datetime | None = None) -> Self:
        """To be made, and no worker is at it."""
        stalled = (now or timezone.now()) - STALLED
        idle = Q(started_at__isnull=True) | Q(started_at__lt=stalled)
        return self.filter(idle, ready_at__isnull=True, tries__lt=MOST_TRIES)

    def lost(self) -> Self:
        return self.unmade().filter(asked_at__lt=timezone.now() - LOST)

    def fetchable(self) -> Self:
        return self.filter(ready_at__isnull=False, expires_at__gt=timezone.now())


class Export(models.Model):
    """All that is a member's, in one file that only they can fetch, for a day."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField(default=0)
    file = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    mail_due_at = models.DateTimeField(null=True)
    mail_tries = models.PositiveSmallIntegerField(default=0)
    mailed_at = models.DateTimeField(null=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        constraints = [
            models.CheckConstraint(
                condition=Q(ready_at__isnull=True, expires_at__isnull=True)
                | Q(ready_at__isnull=False, expires_at__isnull=False),
                name="export_ready_expires",
            )
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def is_ready(self) -> bool:
        return self.expires_at is not None and self.expires_at > timezone.now()

    @property
    def is_pending(self) -> bool:
        return self.ready_at is None and not self.has_failed

    @property
    def has_failed(self) -> bool:
        """Tried often enough, and the last worker is no longer at it."""
        stalled = timezone.now() - STALLED
        idle = self.started_at is None or self.started_at < stalled
        return self.ready_at is None and self.tries >= MOST_TRIES and idle


class DeletionQuerySet(OutboxQuerySet["Deletion"]):
    def due(self, now: datetime | None = None) -> Self:
        return self.filter(due_at__lte=now or timezone.now())

    def idle(self) -> Self:
        """Due, and no worker has done a thing about it for a while."""
        limit = timezone.now() - LOST
        return self.due().filter(Q(touched_at__isnull=True) | Q(touched_at__lt=limit))


class Deletion(models.Model):
    """A member leaves: at `due_at`, unless they change their mind before."""

    class Comments(models.TextChoices):
        KEEP = "keep", _("They stay, under ‘former member’")
        WITHDRAW = "withdraw", _("They go too")

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    comments = models.CharField(
        _("your published comments"),
        max_length=8,
        choices=Comments.choices,
        default=Comments.KEEP,
    )
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    touched_at = models.DateTimeField(null=True)
    mail_due_at = models.DateTimeField(default=timezone.now, null=True)
    mail_tries = models.PositiveSmallIntegerField(default=0)
    mailed_at = models.DateTimeField(null=True)

    objects = DeletionQuerySet.as_manager()

    class Meta:
        verbose_name = _("deletion")
        verbose_name_plural = _("deletions")
        constraints = [
            models.CheckConstraint(
                condition=Q(comments__in=["keep", "withdraw"]),
                name="deletion_comments_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
