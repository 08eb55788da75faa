"""Which of a member's choices a notice falls under, and what the choice was."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Field
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comments.models import Delivery, MailChoice, Notification

Kind = Notification.Kind

DECISIONS = "decisions"
CHOICES = ("replies", "mentions", "followed", DECISIONS)
"""The fields of MailChoice."""

BY_KIND: dict[str, str] = {
    Kind.REPLY: "replies",
    Kind.MENTION: "mentions",
    Kind.FOLLOWED: "followed",
}
DIGESTS: dict[str, str | Promise] = {
    Delivery.DAILY: _("what is new, once a day"),
    Delivery.WEEKLY: _("what is new, once a week"),
}
TOPICS = (*CHOICES, *DIGESTS)
"""What one mail can be switched off by: a choice, or the digest as a whole."""


def choice_for(kind: str) -> str:
    return BY_KIND.get(kind, DECISIONS)


def words_for(topic: str) -> str:
    """What mails on a topic are about, after 'mails about'."""
    if topic in DIGESTS:
        return str(DIGESTS[topic])
    return str(_field(topic).verbose_name)


def standard(choice: str) -> Delivery:
    """What holds for who has chosen nothing."""
    return Delivery(_field(choice).get_default())


def deliveries(members: Iterable[Any], kind: str) -> dict[Any, Delivery]:
    """By the members' ids; who has no account (None) hears at once."""
    choice = choice_for(kind)
    known = {pk for pk in members if pk is not None}
    rows = MailChoice.objects.filter(member__in=known) if known else ()
    chosen = {row.member_id: Delivery(getattr(row, choice)) for row in rows}
    return {None: Delivery.AT_ONCE, **dict.fromkeys(known, standard(choice)), **chosen}


def delivery_to(member: Any, kind: str) -> Delivery:
    """No query where the choice was read together with the member, as the desk does:
    a moderator waits for each decision."""
    if member is None:
        return Delivery.AT_ONCE
    relation = MailChoice._meta.get_field("member").remote_field
    if not relation.is_cached(member):
        return deliveries([member.pk], kind)[member.pk]
    chosen, choice = relation.get_cached_value(member), choice_for(kind)
    return Delivery(getattr(chosen, choice)) if chosen else standard(choice)


def mail_due(delivery: str, due: datetime) -> datetime | None:
    """When a notice's own mail is due; None for what has none."""
    return due if delivery == Delivery.AT_ONCE else None


def _field(choice: str) -> Field[Any, Any]:
    return next(each for each in MailChoice._meta.fields if each.name == choice)
