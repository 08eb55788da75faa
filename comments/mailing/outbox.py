"""Mail that rows order: each is sent by one worker, and found again if none came."""

from collections.abc import Callable
from typing import Any

from django.core.mail import EmailMessage
from django.utils import timezone

from comments import dispatch
from comments.models.outbox import OutboxQuerySet

SWEEP_BATCH = 200

Compose = Callable[[int], EmailMessage | None]


def deliver(rows: OutboxQuerySet[Any], pk: int, compose: Compose) -> bool:
    """Mail what one row orders; False when it is not due or another worker has it.

    `compose` looks at the world as it is now: None when there is nothing to say any
    more.
    """
    if not rows.claim(pk):
        return False
    mail = compose(pk)
    if mail is not None:
        mail.send()
    rows.settle(pk)
    return True


def resend_unclaimed(rows: OutboxQuerySet[Any], task: str) -> int:
    """Send every row that no worker took to one again."""
    found = list(rows.mail_unclaimed().values_list("pk", flat=True)[:SWEEP_BATCH])
    for pk in found:
        # Marked first, so that the next sweep leaves it alone for a while.
        rows.filter(pk=pk).update(mail_due_at=timezone.now())
        if not dispatch.send(task, pk):
            break
    return len(found)
