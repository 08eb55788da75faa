"""A member leaves: asked for, open to second thoughts, then carried out by a worker.

The account is closed first. What belongs to it goes in batches, each in a transaction
of its own; a worker that dies leaves less to do for the next. The account goes last.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from ethicsforum import dispatch, outbox
from ethicsforum.accounts.privacy.mails import compose_deletion
from ethicsforum.accounts.privacy.models import Deletion
from ethicsforum.accounts.privacy.registry import BATCH, End, holdings
from ethicsforum.page_cache.telling import EVERYTHING, stale

CARRY_OUT = "privacy.carry_out"
MAIL = "privacy.mail_deletion"
MOST_BATCHES = 20
"""In one run, which then fits the time of a task."""


class CannotLeave(Exception):
    """`reason` says why, to the person."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def why_not_leave(member: Any) -> str:
    """The reason why this account can't go; empty when it can."""
    others = get_user_model().objects.filter(is_superuser=True, is_active=True)
    if member.is_superuser and not others.exclude(pk=member.pk).exists():
        return _(
            "Yours is the only account that may do everything here. Make somebody else "
            "superuser first."
        )
    return ""


@transaction.atomic
def ask_deletion(
    member: Any, *, comments: str, after: timedelta | None = None
) -> Deletion:
    """Who asks twice changes the choice, not the hour."""
    reason = why_not_leave(member)
    if reason:
        raise CannotLeave(reason)
    if after is None:
        after = timedelta(hours=settings.DELETION_HOURS)
    # The row is locked by the database from here on: two at once make one.
    deletion, made = Deletion.objects.get_or_create(
        member=member,
        defaults={"comments": comments, "due_at": timezone.now() + after},
    )
    if made:
        dispatch.enqueue(MAIL, deletion.pk)
    else:
        pending = Deletion.objects.filter(pk=deletion.pk, started_at__isnull=True)
        pending.update(comments=comments)
    return deletion


@transaction.atomic
def order_deletion(member: Any) -> Deletion:
    """Somebody who may does it for them: at once, and their public comments stay."""
    now = timezone.now()
    deletion, _made = Deletion.objects.update_or_create(
        member=member, defaults={"due_at": now, "mail_due_at": None}
    )
    dispatch.enqueue(CARRY_OUT, deletion.pk)
    return deletion


def change_mind(deletion_id: int) -> bool:
    """False when it is too late."""
    pending = Deletion.objects.filter(pk=deletion_id, started_at__isnull=True)
    deleted, _rows = pending.delete()
    return deleted > 0


def carry_out(deletion_id: int) -> bool:
    """Whether the account is gone now; else there is more to do, or nothing yet."""
    deletion = _begin(deletion_id)
    if deletion is None:
        return False
    for _batch in range(MOST_BATCHES):
        if not _erase_some(deletion):
            return _finish(deletion)
        Deletion.objects.filter(pk=deletion_id).update(touched_at=timezone.now())
    dispatch.enqueue(CARRY_OUT, deletion_id)
    return False


def deliver(deletion_id: int) -> bool:
    return outbox.deliver(Deletion.objects.all(), deletion_id, compose_deletion)


def resend() -> int:
    """Send what is due, and what was never finished, to a worker."""
    idle = list(Deletion.objects.idle().values_list("pk", flat=True)[:BATCH])
    for pk in idle:
        if not dispatch.send(CARRY_OUT, pk):
            break
    return len(idle) + outbox.resend_unclaimed(Deletion.objects.all(), MAIL)


@transaction.atomic
def _begin(deletion_id: int) -> Deletion | None:
    """From here on nobody signs in, and no second thought comes in time."""
    now = timezone.now()
    due = Deletion.objects.due().filter(pk=deletion_id)
    due.filter(started_at__isnull=True).update(started_at=now, mailed_at=now)
    due.update(touched_at=now)
    deletion = due.select_related("member").first()
    if deletion is not None:
        people = get_user_model().objects.filter(pk=deletion.member_id)
        people.update(is_active=False)
    return deletion


def _erase_some(deletion: Deletion) -> int:
    """The next batch of whatever is left."""
    batches = (
        holding.erase_some(deletion.member, deletion.comments) for holding in holdings()
    )
    return next((count for count in batches if count), 0)


@transaction.atomic
def _finish(deletion: Deletion) -> bool:
    """Nothing comes in any more while the account is held, so nothing is forgotten."""
    people = get_user_model().objects.select_for_update()
    member = people.filter(pk=deletion.member_id).first()
    if member is None:
        return False
    if _erase_some(deletion):
        dispatch.enqueue(CARRY_OUT, deletion.pk)
        return False
    if _is_named_by_what_stays(member):
        Deletion.objects.filter(pk=deletion.pk).delete()
        _strip(member)
    else:
        member.delete()
    # The name may stand on any page that is remembered.
    stale(EVERYTHING)
    return True


def _is_named_by_what_stays(member: Any) -> bool:
    kept = (holding for holding in holdings() if holding.end == End.KEPT)
    return any(holding.rows(member).exists() for holding in kept)


def _strip(member: Any) -> None:
    """Who has decided is still told from other deciders, and from nobody else."""
    with override(settings.LANGUAGE_CODE):
        name = _("former moderator")
    get_user_model().objects.filter(pk=member.pk).update(
        email=f"former-{member.pk}@former.invalid",
        username=name,
        # No name that anybody can choose has this key.
        username_key=f"former:{member.pk}",
        password=make_password(None),
        is_active=False,
        is_staff=False,
        is_superuser=False,
        last_login=None,
        date_joined=timezone.now(),
    )
