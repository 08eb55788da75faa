"""What the benchmark measures is a sound forum: nothing that no action would leave."""

import pytest
from django.db import connection
from django.db.models import Count

from bench.forum import Forum
from comments.audit import audit
from comments.models import Appeal, Comment, QueueItem, Report, Vote
from comments.states import State

COMMENTS = 1_000


@pytest.mark.django_db(transaction=True)
def test_the_forum_is_sound_and_of_the_size_that_was_asked_for() -> None:
    Forum(COMMENTS).build()
    states = Comment.objects.order_by("state").values_list("state")
    assert dict(states.annotate(n=Count("pk"))) == {
        State.PUBLISHED: COMMENTS,
        State.HELD: 100,
        State.REJECTED: 20,
    }
    assert Comment.objects.published().filter(article=1).count() == 100
    assert Appeal.objects.count() == 10
    assert Report.objects.count() == 5
    assert QueueItem.objects.waiting().count() == 100 + 10 + 5
    assert Vote.objects.count() > COMMENTS / 8
    assert list(audit()) == []


@pytest.mark.django_db(transaction=True)
def test_what_comes_after_it_gets_a_free_id() -> None:
    Forum(50).build()
    last = Comment.objects.latest("pk")
    new = Comment.objects.create(article=last.article, author=last.author)
    assert new.pk > last.pk
    with connection.cursor() as cursor:
        connection.check_constraints()
        cursor.execute("SELECT 1")


@pytest.mark.django_db(transaction=True)
def test_as_many_wait_as_were_asked_for() -> None:
    Forum(50, waiting=80).build()
    assert Comment.objects.filter(state=State.HELD).count() == 80
    assert Comment.objects.published().count() == 50
    assert list(audit()) == []
