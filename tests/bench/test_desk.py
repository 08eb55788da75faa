"""The benchmark: what it builds is a sound forum, and what it flags is a flaw."""

from functools import partial

import pytest
from django.db import connection
from django.test import Client

from bench.desk import DESK, HEADINGS, TABS, _table
from bench.forum import Forum, moderator
from bench.measuring import Cost, _is_unbounded, cost
from comments.audit import audit
from comments.models import Appeal, Comment, QueueItem
from comments.states import State

on_postgres = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="the benchmark needs PostgreSQL"
)


@pytest.mark.parametrize(
    ("sql", "unbounded"),
    [
        ('SELECT COUNT(*) FROM "comments_queueitem" WHERE "closed_at" IS NULL', True),
        ('SELECT COUNT(*) FROM (SELECT "id" FROM "x" LIMIT 1001) subquery', False),
        ('SELECT COUNT(*) FROM "x" WHERE ("x"."opened_at" >= %s) GROUP BY 1', False),
        ('SELECT "id" FROM "x"', False),
    ],
)
def test_a_count_without_a_bound_is_told(sql: str, unbounded: bool) -> None:
    assert _is_unbounded(sql) is unbounded


def test_the_table_has_a_line_for_each_cost() -> None:
    costs = [Cost("the list", 1000, 8, 12.34, 1001, "queueitem", 0, 200)] * 2
    head, *lines = _table(costs).splitlines()
    assert all(heading in head for heading in HEADINGS)
    assert " ".join(lines[0].split()) == "the list 1,000 200 8 12.3 1,001 queueitem 0"
    assert len(lines) == 2


@on_postgres
@pytest.mark.django_db
def test_the_forum_is_sound_and_its_desk_answers(client: Client) -> None:
    forum = Forum(500)
    forum.grow(100)
    forum.grow(200)
    assert Comment.objects.filter(state=State.HELD).count() == 200
    assert QueueItem.objects.waiting().count() == 200 + 10 + 2
    assert Appeal.objects.count() == 2
    # Nobody is told and nothing indexed: neither is the desk's cost.
    left_out = ("was not told", "in the search index")
    found = [line for line in audit() if not any(each in line for each in left_out)]
    assert found == []
    client.force_login(moderator("second"))
    for tab in TABS:
        spent = cost(tab, 200, 1, partial(client.get, f"{DESK}?queue={tab}"))
        assert spent.queries > 0
