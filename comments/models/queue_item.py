from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models.comment import Comment
from comments.models.decision import Decision
from comments.models.revision import Revision
from comments.priority import Severity


class QueueItemQuerySet(models.QuerySet["QueueItem"]):
    def waiting(self) -> Self:
        """All that is open, whoever has it and whenever it is due."""
        return self.filter(closed_at__isnull=True)

    def decided(self) -> Self:
        return self.filter(closed_at__isnull=False).order_by("-closed_at", "-pk")

    def awake(self, now: datetime | None = None) -> Self:
        moment = now or timezone.now()
        return self.filter(Q(snoozed_until__isnull=True) | Q(snoozed_until__lte=moment))

    def snoozed(self, now: datetime | None = None) -> Self:
        return self.waiting().filter(snoozed_until__gt=now or timezone.now())

    def claimed_by(self, moderator: Any, now: datetime | None = None) -> Self:
        held = self.waiting().filter(claimed_by=moderator)
        return held.filter(claimed_until__gt=now or timezone.now())

    def unclaimed_for(self, moderator: Any, now: datetime | None = None) -> Self:
        """What no colleague has a running claim on."""
        free = Q(claimed_until__isnull=True) | Q(
            claimed_until__lte=now or timezone.now()
        )
        return self.filter(free | Q(claimed_by=moderator))

    def for_moderator(self, moderator: Any) -> Self:
        """Without what this person decided before: others hear the appeal, and
        others give the second opinion.

        Looked up for each row that has an earlier decision. As a join, PostgreSQL
        would now and then read all decisions there are to find the few of these.
        """
        first = Decision.objects.filter(pk=OuterRef("first_decision"))
        decider = Coalesce(
            Subquery(first.values("decider")), 0, output_field=models.BigIntegerField()
        )
        others = Q(first_decision__isnull=True) | ~Q(first_decider=moderator.pk)
        return self.alias(first_decider=decider).filter(others)

    def first_looks(self) -> Self:
        """Without second opinions: what somebody waits for an answer to."""
        second = Q(kind=QueueItem.Kind.HELD, first_decision__isnull=False)
        return self.exclude(second)

    def in_line(self) -> Self:
        """The order of work: by the time it should have been read by."""
        return self.order_by("due_at", "pk")

    def for_desk(self) -> Self:
        """All that a card shows, in a fixed number of queries.

        What most items lack is asked for apart, and only where there is any: joins to
        eighteen tables took PostgreSQL 200 ms to plan and 1 ms to carry out.
        """
        joined = self.select_related(
            "revision", "comment__article", "comment__author__mailchoice"
        )
        return joined.prefetch_related(
            "comment__accepted_revision",
            "closing_decision__decider",
            "closing_decision__rule",
            "claimed_by",
            "escalated_by",
        )


class QueueItem(models.Model):
    """Something that waits for a moderator: a text, reports on one, an appeal.

    A second opinion is a held item with a `first_decision`; nothing else tells it
    from the others, so that whoever gives it doesn't know.
    """

    class Kind(models.TextChoices):
        HELD = "held", _("held")
        REPORTED = "reported", _("reported")
        APPEAL = "appeal", _("appeal")

    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.HELD)
    comment = models.ForeignKey(
        Comment, on_delete=models.PROTECT, related_name="queue_items"
    )
    revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, related_name="queue_items"
    )
    appeal = models.OneToOneField(
        "Appeal", on_delete=models.PROTECT, null=True, related_name="queue_item"
    )
    first_decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, related_name="second_looks"
    )
    findings = models.JSONField(_("why it is here"), default=list)
    severity = models.PositiveSmallIntegerField(
        choices=[(level.value, level.name.lower()) for level in Severity], default=0
    )
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField(_("waiting since"), default=timezone.now)
    due_at = models.DateTimeField(_("to be read by"), default=timezone.now)
    closed_at = models.DateTimeField(_("decided"), null=True, blank=True)
    closing_decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, related_name="closed_items"
    )
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="claims",
    )
    claimed_until = models.DateTimeField(null=True)
    snoozed_until = models.DateTimeField(null=True)
    escalated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    escalated_at = models.DateTimeField(null=True)

    objects = QueueItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("queue item")
        verbose_name_plural = _("moderation queue")
        ordering = ["due_at", "pk"]
        permissions = [("decide_queueitem", _("Can decide what waits in the queue"))]
        indexes = [
            models.Index(
                fields=["kind", "due_at", "id"],
                condition=Q(closed_at__isnull=True),
                name="queueitem_waiting",
            ),
            models.Index(
                fields=["opened_at"],
                condition=Q(closed_at__isnull=True),
                name="queueitem_oldest",
            ),
            models.Index(
                fields=["claimed_by", "due_at", "id"],
                condition=Q(closed_at__isnull=True, claimed_by__isnull=False),
                name="queueitem_claimed",
            ),
            models.Index(
                fields=["snoozed_until", "id"],
                condition=Q(closed_at__isnull=True, snoozed_until__isnull=False),
                name="queueitem_asleep",
            ),
            models.Index(
                fields=["due_at", "id"],
                condition=Q(closed_at__isnull=True, escalated_at__isnull=False),
                name="queueitem_escalated",
            ),
            models.Index(
                F("closed_at").desc(),
                F("id").desc(),
                condition=Q(closed_at__isnull=False),
                name="queueitem_decided",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "kind"],
                condition=Q(closed_at__isnull=True, appeal__isnull=True),
                name="queueitem_one_open",
            ),
            models.UniqueConstraint(
                fields=["first_decision"],
                condition=Q(kind="held"),
                name="queueitem_second_look_once",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closing_decision__isnull=True)
                | Q(closed_at__isnull=False, closing_decision__isnull=False)
                | Q(closed_at__isnull=False, first_decision__isnull=False),
                name="queueitem_closed_by_decision",
            ),
            models.CheckConstraint(
                condition=Q(appeal__isnull=False, kind="appeal")
                | (Q(appeal__isnull=True) & ~Q(kind="appeal")),
                name="queueitem_appeal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_second_opinion(self) -> bool:
        return self.kind == self.Kind.HELD and self.first_decision_id is not None

    def claimant(self, now: datetime | None = None) -> Any:
        """Who has a running claim on it; None when it is free."""
        running = self.claimed_until and self.claimed_until > (now or timezone.now())
        return self.claimed_by if running else None

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
