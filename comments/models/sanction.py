from datetime import datetime, timedelta
from functools import cache
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models.decision import Decision
from comments.models.rule import Rule
from comments.states import Measure
from ethicsforum.written import SOMEBODY, Written, about, ask, write

STALLED = timedelta(minutes=1)
"""A background job that has not moved for so long is sent to a worker again."""


class SanctionQuerySet(models.QuerySet["Sanction"]):
    def of(self, member: Any) -> Self:
        return self.filter(member=member)

    def running(self, now: datetime | None = None) -> Self:
        """Limits and suspensions that hold now."""
        moment = now or timezone.now()
        return self.filter(decision__until__gt=moment, lifted_by__isnull=True)

    def limits(self) -> Self:
        return self.filter(decision__measure=Measure.LIMIT)

    def suspensions(self) -> Self:
        return self.filter(decision__measure=Measure.SUSPEND)


class Sanction(models.Model):
    """Whom a warning, limit or suspension is for; what it is stands in its decision."""

    decision = models.OneToOneField(
        Decision, on_delete=models.PROTECT, related_name="sanction"
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="sanctions",
        verbose_name=_("member"),
    )
    lifted_by = models.OneToOneField(
        Decision, on_delete=models.PROTECT, null=True, related_name="lifts"
    )

    objects = SanctionQuerySet.as_manager()

    class Meta:
        verbose_name = _("sanction")
        verbose_name_plural = _("sanctions")
        ordering = ["-pk"]
        permissions = [("impose_sanction", _("Can warn, limit and suspend members"))]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @staticmethod
    def may_stand(member: Any) -> bool:
        """False for nearly all: nothing was ever imposed on them that was not lifted,
        or none of it had an end."""
        return bool(ask(about(_not_lifted(), {SOMEBODY: member.pk})))

    @property
    def measure(self) -> str:
        return self.decision.measure

    def is_running(self, now: datetime | None = None) -> bool:
        until = self.decision.until
        moment = now or timezone.now()
        return self.lifted_by_id is None and until is not None and until > moment


class BulkRejectionQuerySet(models.QuerySet["BulkRejection"]):
    def running(self) -> Self:
        return self.filter(state=BulkRejection.State.RUNNING)

    def stalled(self, now: datetime | None = None) -> Self:
        """Running, but no worker has taken a step for a while."""
        limit = (now or timezone.now()) - STALLED
        return self.running().filter(touched_at__lt=limit).order_by("touched_at")


class BulkRejection(models.Model):
    """Everything that one member wrote since a moment, refused in the background:
    one decision for each comment. `cursor` is the last comment that was looked at."""

    class State(models.TextChoices):
        RUNNING = "running", _("running")
        STOPPED = "stopped", _("stopped")
        FINISHED = "finished", _("finished")

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("member"),
    )
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    rule = models.ForeignKey(Rule, on_delete=models.PROTECT)
    explanation = models.TextField()
    since = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.RUNNING
    )
    total = models.PositiveIntegerField()
    cursor = models.PositiveBigIntegerField(default=0)
    decided = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    touched_at = models.DateTimeField(auto_now=True)

    objects = BulkRejectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("bulk rejection")
        verbose_name_plural = _("bulk rejections")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def is_running(self) -> bool:
        return self.state == self.State.RUNNING

    @property
    def looked_at(self) -> int:
        return self.decided + self.skipped

    @property
    def percent(self) -> int:
        return min(100, 100 * self.looked_at // self.total) if self.total else 100


@cache
def _not_lifted() -> Written:
    lasting = Sanction.objects.of(SOMEBODY).filter(decision__until__isnull=False)
    return write(lasting.filter(lifted_by=None).order_by().values_list("pk")[:1])
