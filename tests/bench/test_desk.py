"""What the pages of the desk cost is told, and what is flagged is a flaw."""

import pytest
from django.db import connection

from bench.desk import TABS, costs
from bench.forum import Forum
from bench.measuring import HEADINGS, Cost, _is_unbounded, table_of

on_postgres = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="the rows are told by PostgreSQL"
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
    found = [Cost("the list", 1000, 8, 12.34, 1001, "queueitem", 0, 200)] * 2
    head, *lines = table_of(found).splitlines()
    assert all(heading in head for heading in HEADINGS)
    assert " ".join(lines[0].split()) == "the list 1,000 200 8 12.3 1,001 queueitem 0"
    assert len(lines) == 2


@on_postgres
@pytest.mark.django_db
def test_every_page_of_the_desk_answers() -> None:
    forum = Forum(200)
    forum.build()
    found = list(costs(forum.second, 1))
    assert len(found) == len(TABS) + 6
    assert all(each.queries > 0 for each in found)
