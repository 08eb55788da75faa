"""Two workers, or two beats, at one moment."""

from datetime import UTC, datetime
from functools import partial

import pytest
import time_machine

from comments.actions.announcing import announce
from comments.actions.digesting import make_digests
from comments.models import Digest, Notification
from tests import build, cast, news
from tests.comments.actions.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_workers_announce_one_comment() -> None:
    parent = build.published(author=cast.ben())
    for number in range(5):
        news.follow(cast.member(f"Reader{number}"), article=build.article())
    for number in range(5):
        made = build.published(
            author=cast.cleo(), parent=parent, body=f"Number {number}."
        )
        at_once(partial(announce, made.pk), partial(announce, made.pk))
        assert Notification.objects.filter(news=made).count() == 6
        assert build.fresh(made).announced_at is not None


def test_two_beats_make_one_digest_each() -> None:
    with time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=UTC), tick=False):
        for number in range(5):
            news.follow(cast.member(f"Reader{number}"), article=build.article())
        news.announced(author=cast.cleo())
    with time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=UTC)):
        made = at_once(make_digests, make_digests)
    assert sum(made) == Digest.objects.count() == 5
    assert not Notification.objects.filter(digest=None).exists()
