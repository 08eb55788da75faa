"""That the desk reads its lists from their indexes, on either database."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from comments.actions.claiming import _free
from comments.models import QueueItem
from comments.queues import MOST_COUNTED, Queue, in_queue, with_following
from ethicsforum.accounts.models import User
from tests import build

pytestmark = pytest.mark.django_db

INDEXES = {
    Queue.WAITING: "queueitem_waiting",
    Queue.REPORTED: "queueitem_waiting",
    Queue.APPEALS: "queueitem_waiting",
    Queue.SNOOZED: "queueitem_asleep",
    Queue.MINE: "queueitem_claimed",
    Queue.DECIDED: "queueitem_decided",
}


def plan(rows: QuerySet[Any]) -> str:
    if connection.vendor == "postgresql":
        # On a table of a few rows it would read them all; on a large one it can't.
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
            # Where no index has the order, it sorts all the same.
            cursor.execute("SET LOCAL enable_sort = off")
    return rows.explain()


def sorts(text: str) -> bool:
    return "Sort Key" in text or "TEMP B-TREE FOR ORDER BY" in text


@pytest.mark.parametrize("queue", list(INDEXES))
def test_each_tab_and_its_count_use_their_index(queue: Queue, mia: User) -> None:
    items = in_queue(QueueItem.objects.for_moderator(mia), queue, mia)
    assert INDEXES[queue] in plan(items[: MOST_COUNTED + 1])


@pytest.mark.parametrize("kind", [Queue.WAITING, Queue.REPORTED, Queue.APPEALS])
def test_the_line_comes_in_order_from_its_index(kind: Queue, mia: User) -> None:
    items = in_queue(QueueItem.objects.for_moderator(mia).for_desk(), kind, mia)
    text = plan(items.in_line()[:20])
    assert "queueitem_waiting" in text
    assert not sorts(text)


def test_what_was_decided_comes_in_order_from_its_index(mia: User) -> None:
    items = in_queue(QueueItem.objects.for_moderator(mia), Queue.DECIDED, mia)
    text = plan(items.for_desk().order_by("-closed_at", "-pk")[:20])
    assert "queueitem_decided" in text
    assert not sorts(text)


def test_what_follows_is_found_in_the_index(mia: User) -> None:
    text = plan(with_following(build.held(), mia))
    assert "queueitem_waiting" in text
    assert not sorts(text)


def test_what_is_taken_is_found_in_the_index() -> None:
    text = plan(_free().awake().filter(kind=QueueItem.Kind.HELD).in_line()[:20])
    assert "queueitem_waiting" in text
    assert not sorts(text)
