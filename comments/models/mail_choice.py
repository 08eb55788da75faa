from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Delivery(models.TextChoices):
    """How a notice comes by mail; on the site it stands in any case."""

    AT_ONCE = "at-once", _("at once")
    DAILY = "daily", _("once a day")
    WEEKLY = "weekly", _("once a week")
    NEVER = "never", _("not by mail")


def _choice(label: Any, default: Delivery) -> Any:
    return models.CharField(
        label, max_length=8, choices=Delivery.choices, default=default
    )


class MailChoice(models.Model):
    """Which mails a member wants. Without a row, these defaults."""

    member = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    replies = _choice(_("replies to your comments"), Delivery.AT_ONCE)
    mentions = _choice(_("comments that name you"), Delivery.AT_ONCE)
    followed = _choice(_("discussions and people you follow"), Delivery.DAILY)
    decisions = _choice(
        _("decisions about your comments, reports and appeals"), Delivery.AT_ONCE
    )

    class Meta:
        verbose_name = _("choice of mails")
        verbose_name_plural = _("choices of mails")

    def __str__(self) -> str:
        return str(self.member_id)
