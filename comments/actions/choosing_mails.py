"""Choose which mails one wants; switch them off from a mail, without signing in."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q

from comments.mailing.choices import BY_KIND, CHOICES, DECISIONS, DIGESTS
from comments.models import Delivery, MailChoice, Notification


@transaction.atomic
def choose_mails(member: Any, **chosen: str) -> None:
    """By choice. What waits to be mailed and is not wanted any more is not mailed;
    the rest comes as it was ordered."""
    MailChoice.objects.update_or_create(member=member, defaults=chosen)
    _drop_mails(member.pk, [c for c, how in chosen.items() if how == Delivery.NEVER])


@transaction.atomic
def switch_off(member: Any, topic: str) -> None:
    """One choice; or for a digest, all choices that come with it. Twice is once."""
    if topic not in DIGESTS:
        choose_mails(member, **{topic: Delivery.NEVER})
        return
    choices = MailChoice.objects.filter(member=member).first() or MailChoice()
    coming = [each for each in CHOICES if getattr(choices, each) == topic]
    choose_mails(member, **dict.fromkeys(coming, Delivery.NEVER))
    # And what was ordered for it before the choices changed.
    _pending(member.pk).filter(delivery=topic).update(delivery=Delivery.NEVER)


def _drop_mails(member_id: int, choices: Iterable[str]) -> None:
    unwanted = Q(pk__in=())
    for choice in choices:
        unwanted |= _covered_by(choice)
    rows = _pending(member_id).filter(unwanted)
    rows.update(delivery=Delivery.NEVER, mail_due_at=None)


def _pending(member_id: int) -> Any:
    return Notification.objects.filter(recipient=member_id, mailed_at__isnull=True)


def _covered_by(choice: str) -> Q:
    if choice == DECISIONS:
        return ~Q(kind__in=BY_KIND)
    return Q(kind__in=[kind for kind, name in BY_KIND.items() if name == choice])
