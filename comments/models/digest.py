from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models.mail_choice import Delivery
from ethicsforum.outbox import OutboxQuerySet

PERIODS = (Delivery.DAILY, Delivery.WEEKLY)


class DigestQuerySet(OutboxQuerySet["Digest"]):
    """The outbox of digests."""


class Digest(models.Model):
    """One mail with all that came up in a day or a week: the row is the order, a
    worker sends it. Its notices point to it."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    period = models.CharField(
        max_length=8,
        choices=[
            (each.value, each.label) for each in (Delivery.DAILY, Delivery.WEEKLY)
        ],
    )
    day = models.DateField()
    """The day it is made on; one a period and day, whoever makes it twice."""
    created_at = models.DateTimeField(auto_now_add=True)
    mail_due_at = models.DateTimeField(default=timezone.now)
    mail_tries = models.PositiveSmallIntegerField(default=0)
    mailed_at = models.DateTimeField(null=True)

    objects = DigestQuerySet.as_manager()

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        indexes = [
            models.Index(
                fields=["id"],
                condition=Q(mailed_at__isnull=True),
                name="digest_unmailed",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "period", "day"], name="digest_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.day}"
