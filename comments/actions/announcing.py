"""Announce: whoever wants to hear of a comment is told, once, after it came out.

The row is the order: a published comment without `announced_at`. Who was told already
is in the notices themselves, so that a worker that dies goes on where it stopped, and
followers are told in batches, a task each.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from comments import dispatch
from comments.actions.deciding import lock_comment
from comments.mailing.choices import choice_for, mail_due, standard
from comments.models import Comment, Follow, Mute, Notification
from comments.notifications import MOST_NUDGES
from comments.states import State
from comments.writing.mentions import mentioned_members

Kind = Notification.Kind

MOST_MENTIONED = 10
"""Told of one comment; the text may name more."""
BATCH = 1000
"""Followers told by one task."""
LATE = timedelta(minutes=1)
"""A comment that nobody was told of for so long, the longest pause for an undo
included, is sent to a worker again."""
SWEEP_BATCH = 200


@transaction.atomic
def announce(comment_id: int) -> int:
    """Tell the next of those who want to hear of it; how many they were.

    Nothing happens when it is not public any more, or was announced before. The last
    batch marks it as announced, in the same transaction.
    """
    comment = lock_comment(comment_id)
    if comment.state != State.PUBLISHED or comment.announced_at is not None:
        return 0
    told = _tell_all(comment) if comment.is_open else 0
    if told < BATCH:
        unmarked = Comment.objects.filter(pk=comment.pk, announced_at__isnull=True)
        unmarked.update(announced_at=timezone.now())
    else:
        dispatch.enqueue(dispatch.ANNOUNCE, comment.pk)
    return told


def resend_lost() -> int:
    """Send every comment that no worker announced to one again."""
    limit = timezone.now() - LATE
    lost = Comment.objects.unannounced(limit).order_by("pk")
    found = list(lost.values_list("pk", flat=True)[:SWEEP_BATCH])
    for pk in found:
        if not dispatch.send(dispatch.ANNOUNCE, pk):
            break
    return len(found)


def _tell_all(comment: Comment) -> int:
    """In this order: nobody is told twice, so the first word is the one that counts."""
    hearers = _hearers(comment)
    told = 0
    if comment.parent is not None:
        answered = hearers.filter(pk=comment.parent.author_id)
        told += _tell(comment, Kind.REPLY, answered)
    named = hearers.filter(pk__in=_mentioned(comment))
    told += _tell(comment, Kind.MENTION, named)
    if _follows(comment).exists():
        followers = hearers.filter(pk__in=_follows(comment).values("member"))
        room = max(BATCH - told, 0)
        told += _tell(comment, Kind.FOLLOWED, followers.order_by("pk")[:room])
    if told:
        _nudge(comment)
    return told


def _hearers(comment: Comment) -> QuerySet[Any]:
    """Who can be told of it: those whom mail reaches, but not its author, not who
    muted the author or the discussion, and not who was told already."""
    muted = Mute.objects.filter(_about(comment), member=OuterRef("pk"))
    told = Notification.objects.filter(news=comment, recipient=OuterRef("pk"))
    people = get_user_model().objects.reachable()
    if comment.author_id is not None:
        people = people.exclude(pk=comment.author_id)
    return people.exclude(Exists(muted)).exclude(Exists(told))


def _follows(comment: Comment) -> QuerySet[Follow]:
    return Follow.objects.filter(_about(comment))


def _about(comment: Comment) -> Q:
    """What is followed or muted: the discussion, or the person if there is one."""
    about = Q(article=comment.article_id)
    return about if comment.author_id is None else about | Q(person=comment.author_id)


def _mentioned(comment: Comment) -> list[int]:
    text = comment.accepted_revision
    named = mentioned_members(text.source) if text is not None else []
    return [member.pk for member in named[:MOST_MENTIONED]]


def _tell(comment: Comment, kind: Kind, people: QuerySet[Any]) -> int:
    choice = choice_for(kind)
    chosen = people.values_list("pk", f"mailchoice__{choice}")
    rows = list(_rows(comment, kind, chosen, standard(choice)))
    Notification.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    return len(rows)


def _rows(
    comment: Comment, kind: Kind, chosen: Iterable[tuple[int, str | None]], else_: str
) -> Iterable[Notification]:
    now = timezone.now()
    for pk, choice in chosen:
        delivery = choice or else_
        yield Notification(
            recipient_id=pk,
            news=comment,
            kind=kind,
            delivery=delivery,
            mail_due_at=mail_due(delivery, now),
        )


def _nudge(comment: Comment) -> None:
    """A worker is told of a few mails at once; the sweep finds the others."""
    untold = Notification.objects.filter(news=comment, mail_tries=0).mail_due()
    for pk in untold.values_list("pk", flat=True)[:MOST_NUDGES]:
        dispatch.enqueue(dispatch.DELIVER, pk)
