"""Builders of who wants to hear of what, and of the news."""

from typing import Any

from comments.actions.announcing import announce
from comments.actions.choosing_mails import choose_mails
from comments.models import Comment, Follow, Mute, Notification
from ethicsforum.accounts.models import User
from tests import build, cast

Kind = Notification.Kind


def follow(member: User, **what: Any) -> None:
    """`article=` or `person=`."""
    Follow.objects.create(member=member, **what)


def mute(member: User, **what: Any) -> None:
    Mute.objects.create(member=member, **what)


def announced(**fields: Any) -> Comment:
    """Published, and whoever wants to hear of it was told."""
    made = build.published(**fields)
    announce(made.pk)
    return build.fresh(made)


def answered(author: User, by: User | None = None, **fields: Any) -> Comment:
    """An answer to a comment of the author's, announced."""
    parent = Comment.objects.filter(author=author, parent=None).first()
    parent = parent or build.published(author=author, body="What do you think?")
    return announced(author=by or cast.cleo(), parent=build.fresh(parent), **fields)


def told() -> dict[str, str]:
    """Who was told what, by name."""
    rows = Notification.objects.filter(news__isnull=False)
    return dict(rows.values_list("recipient__username", "kind"))


def choose(member: User, **chosen: str) -> None:
    choose_mails(member, **chosen)
