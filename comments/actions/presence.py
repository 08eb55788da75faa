"""Who else has an item's page open."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from comments.models import Presence, QueueItem

SEEN_FOR = timedelta(seconds=30)
KEPT_FOR = timedelta(hours=1)


def mark_present(item: QueueItem, *, moderator: Any) -> None:
    Presence.objects.bulk_create(
        [Presence(item=item, moderator=moderator, seen_at=timezone.now())],
        update_conflicts=True,
        unique_fields=["item", "moderator"],
        update_fields=["seen_at"],
    )


def others_at(item: QueueItem, moderator: Any) -> list[str]:
    """The names of colleagues who were there a moment ago."""
    lately = item.presences.filter(seen_at__gt=timezone.now() - SEEN_FOR)
    names = lately.exclude(moderator=moderator).order_by("moderator__username")
    return list(names.values_list("moderator__username", flat=True))


def forget_presences() -> int:
    old = Presence.objects.filter(seen_at__lt=timezone.now() - KEPT_FOR)
    return old.delete()[0]
