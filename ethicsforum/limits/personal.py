"""Limits know nobody: what they keep is a digest, and what it says is soon over."""

import time
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from ethicsforum.accounts.privacy.registry import Rows, declare_impersonal
from ethicsforum.accounts.privacy.retention import Retention, declare_retention
from ethicsforum.limits.models import Bucket
from ethicsforum.limits.rows import TICKS

declare_impersonal(
    limits__Bucket="digests under the secret key; see its retention",
    limits__CacheEntry="unreadable keys of counters, each with its end",
)


def _drained(moment: datetime) -> Rows:
    now = int(time.time() * TICKS)
    return Bucket.objects.filter(empty_at__lt=now).order_by("pk")


declare_retention(
    Retention(
        "limits",
        _("How often somebody did something lately, as a number without a name"),
        timedelta(),
        _("once it limits nothing any more, a day later at most"),
        _("So that nobody floods the discussion."),
        _drained,
    )
)
