"""What limits leave behind is removed as soon as it says nothing any more."""

import time

from django.utils import timezone

from ethicsforum.limits.models import Bucket, CacheEntry
from ethicsforum.limits.rows import TICKS


def forget() -> int:
    """A bucket that is gone is an empty one, and an entry past its time is unread."""
    drained = Bucket.objects.filter(empty_at__lt=int(time.time() * TICKS))
    past = CacheEntry.objects.filter(expires__lt=timezone.now())
    return drained.delete()[0] + past.delete()[0]
