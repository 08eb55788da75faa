from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models.comment import Comment
from comments.models.decision import Decision
from comments.models.revision import Revision


class QueueItemQuerySet(models.QuerySet["QueueItem"]):
    def waiting(self) -> Self:
        return self.filter(closed_at__isnull=True)

    def oldest_first(self) -> Self:
        return self.order_by("opened_at", "pk")

    def for_desk(self) -> Self:
        """All that a card shows, in a fixed number of queries."""
        return self.select_related(
            "revision",
            "comment__article",
            "comment__author",
            "comment__accepted_revision",
            "comment__parent__author",
            "comment__parent__accepted_revision",
            "closing_decision__decider",
            "closing_decision__rule",
        )


class QueueItem(models.Model):
    """A text that waits for a moderator. At most one is open per comment."""

    comment = models.ForeignKey(
        Comment, on_delete=models.PROTECT, related_name="queue_items"
    )
    revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, related_name="queue_items"
    )
    findings = models.JSONField(_("why it is held"), default=list)
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField(_("waiting since"), default=timezone.now)
    closed_at = models.DateTimeField(_("decided"), null=True, blank=True)
    closing_decision = models.OneToOneField(
        Decision, on_delete=models.PROTECT, null=True, related_name="queue_item"
    )

    objects = QueueItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("queue item")
        verbose_name_plural = _("moderation queue")
        ordering = ["opened_at", "pk"]
        permissions = [("decide_queueitem", _("Can decide what waits in the queue"))]
        indexes = [
            models.Index(
                fields=["opened_at", "id"],
                condition=Q(closed_at__isnull=True),
                name="queueitem_waiting",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["comment"],
                condition=Q(closed_at__isnull=True),
                name="queueitem_one_open",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closing_decision__isnull=True)
                | Q(closed_at__isnull=False, closing_decision__isnull=False),
                name="queueitem_closed_by_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    def get_desk_url(self) -> str:
        return reverse("admin:comments_queueitem_change", args=[self.pk])


def oldest_waiting_seconds(now: datetime | None = None) -> float | None:
    """Age of the oldest text without a final word; None when nothing waits."""
    waiting: Any = Revision.objects.waiting().order_by("created_at")
    oldest = waiting.values_list("created_at", flat=True).first()
    if oldest is None:
        return None
    age = (now or timezone.now()) - oldest
    return float(round(age.total_seconds(), 1))
