"""Follow and mute: an article's discussion, or a person. Each may be asked twice."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction

from articles.models import Article
from comments.models import Follow, Mute


class CannotFollow(Exception):
    """Nobody follows or mutes themselves."""


def follow(thing: Any, *, member: Any) -> None:
    """Hear of what is new there; no longer muted, if it was."""
    _choose(Follow, Mute, thing, member)


def mute(thing: Any, *, member: Any) -> None:
    """Hear nothing of it, or find it folded; no longer followed, if it was."""
    _choose(Mute, Follow, thing, member)


def unfollow(thing: Any, *, member: Any) -> None:
    Follow.objects.of(member).filter(**_what(thing)).delete()


def unmute(thing: Any, *, member: Any) -> None:
    Mute.objects.of(member).filter(**_what(thing)).delete()


def _choose(wanted: Any, other: Any, thing: Any, member: Any) -> None:
    if thing == member:
        raise CannotFollow
    what = _what(thing)
    with transaction.atomic():
        # One choice of a member after the other: both at once would leave both.
        people = get_user_model().objects.select_for_update(no_key=True)
        people.get(pk=member.pk)
        other.objects.of(member).filter(**what).delete()
        wanted.objects.get_or_create(member=member, **what)


def _what(thing: Any) -> dict[str, Any]:
    return {"article" if isinstance(thing, Article) else "person": thing}
