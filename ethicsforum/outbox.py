"""Rows that are mailed: each is sent by one worker, and found again if none came.

The row is the order: it has `mail_due_at`, `mail_tries` and `mailed_at`.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Self, TypeVar

from django.core.mail import EmailMessage, get_connection
from django.db import models
from django.utils import timezone

from ethicsforum import dispatch

MAIL_TRIES = 40
"""About a day and a half with the pauses below; after that `check_forum` says so."""
FIRST_PAUSE = timedelta(minutes=2)
LONGEST_PAUSE = timedelta(hours=1)
UNCLAIMED = timedelta(seconds=30)
"""A mail that no worker took for so long is sent to one again."""

SWEEP_BATCH = 200

Row = TypeVar("Row", bound=models.Model)
Compose = Callable[[int], EmailMessage | None]


def pause_after(tries: int) -> timedelta:
    """How long one attempt has, before the next may begin."""
    doublings: int = 2 ** min(tries, 10)
    return min(FIRST_PAUSE * doublings, LONGEST_PAUSE)


class OutboxQuerySet(models.QuerySet[Row]):
    def mail_due(self, now: datetime | None = None) -> Self:
        """Mail not sent, and nobody is at it."""
        due = self.filter(mail_due_at__lte=now or timezone.now())
        return due.filter(mailed_at__isnull=True, mail_tries__lt=MAIL_TRIES)

    def mail_unclaimed(self, now: datetime | None = None) -> Self:
        """Due for a while, so that the word to the worker must have been lost."""
        return self.mail_due((now or timezone.now()) - UNCLAIMED).order_by("pk")

    def mail_given_up(self) -> Self:
        return self.filter(mailed_at__isnull=True, mail_tries__gte=MAIL_TRIES)

    def claim(self, pk: int) -> bool:
        """Whether the mail is the caller's to send now: compare and set, so that of
        two workers one gets it, and only for as long as its attempt may last."""
        due = self.mail_due().filter(pk=pk)
        tries: int | None = due.values_list("mail_tries", flat=True).first()
        if tries is None:
            return False
        changes: dict[str, Any] = {
            "mail_due_at": timezone.now() + pause_after(tries),
            "mail_tries": tries + 1,
        }
        return due.filter(mail_tries=tries).update(**changes) == 1

    def settle(self, pk: int) -> None:
        """There is nothing left to mail."""
        self.filter(pk=pk).update(mailed_at=timezone.now())


def deliver(rows: OutboxQuerySet[Any], pk: int, compose: Compose) -> bool:
    """Mail what one row orders; False when it is not due or another worker has it.

    `compose` looks at the world as it is now: None when there is nothing to say any
    more.
    """
    if not rows.claim(pk):
        return False
    mail = compose(pk)
    if mail is None:
        rows.settle(pk)
        return True
    with get_connection() as connection:
        mail.connection = connection
        mail.send()
        # Before the goodbyes: a server that hangs over them has the mail, and a
        # second attempt would bring a second one.
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
