"""The workers were away for an hour, and ten thousand comments wait."""

from datetime import datetime, timedelta

from celery import current_app
from django.db import transaction
from django.utils import timezone

from articles.models import Article
from comments import dispatch
from comments.models import Comment, Revision
from comments.rendering import RENDER_VERSION, render_body
from comments.screening.text import text_key
from comments.threads import path_of
from ethicsforum.accounts.models import User
from faults.forum import Forum, until
from faults.register import fault

WAITING = 10_000
BATCH = 500
AWAY = timedelta(hours=1)
NEW = 5
SOON = 60.0
STALE_SOON = 1.0


@fault("10,000 comments waiting for an hour")
def backlog(forum: Forum) -> None:
    """Those who write now are not behind all the others: it takes no minute."""
    forum.worker.kill()
    since = timezone.now() - AWAY
    for text in _wait_since(since):
        # As stale as it would be after an hour, by the time that a worker is there.
        current_app.send_task(dispatch.SCREEN, (text,), expires=STALE_SOON)
    forum.start_worker()
    forum.wait_for_worker()
    sent = forum.writers.post(NEW)
    new = Revision.objects.filter(comment__in=[one.comment for one in sent])
    until(lambda: not new.filter(state="screening"), "new texts are decided", SOON)
    if not Revision.objects.filter(state="screening").exists():
        raise RuntimeError("nothing waited any more: this says nothing")


def _wait_since(moment: datetime) -> list[int]:
    people = list(User.objects.filter(is_staff=False).values_list("pk", flat=True))
    articles = list(Article.objects.values_list("pk", flat=True))
    found: list[int] = []
    for start in range(0, WAITING, BATCH):
        numbers = range(start, start + BATCH)
        with transaction.atomic():
            found += _batch(numbers, people, articles, moment)
    return found


def _batch(
    numbers: range, people: list[int], articles: list[int], moment: datetime
) -> list[int]:
    """As posting leaves them, an hour ago."""
    comments = Comment.objects.bulk_create(
        Comment(
            article_id=articles[number % len(articles)],
            author_id=people[number % len(people)],
        )
        for number in numbers
    )
    for comment in comments:
        comment.path = path_of(comment.pk, "")
    Comment.objects.bulk_update(comments, ["path"])
    texts = Revision.objects.bulk_create(
        _text(comment, f"A thought that waited, number {number}.", moment)
        for comment, number in zip(comments, numbers, strict=True)
    )
    made = [text.pk for text in texts]
    Revision.objects.filter(pk__in=made).update(created_at=moment)
    Comment.objects.filter(pk__in=[comment.pk for comment in comments]).update(
        created_at=moment
    )
    return made


def _text(comment: Comment, source: str, moment: datetime) -> Revision:
    return Revision(
        comment=comment,
        number=1,
        source=source,
        html=render_body(source),
        render_version=RENDER_VERSION,
        text_key=text_key(source),
        queued_at=moment,
    )
