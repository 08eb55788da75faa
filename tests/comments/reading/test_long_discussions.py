"""Ten thousand comments and a thread two hundred deep cost what a few do."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models.signals import post_init
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comments.models import Comment
from comments.reading import outline
from comments.reading.outline import Sort
from comments.reading.pages import BRANCH, LEVELS
from ethicsforum.accounts.models import User
from ethicsforum.page_cache import here
from tests import build
from tests.comments.reading.build import HERE, chain, grow, page, shown

pytestmark = pytest.mark.django_db
MANY = 10_000
FEW = "/articles/few/"
ONWARD = re.compile(r'"[^"?]*([^"#]*)#[^"]*">(?:Continue|More of) this thread')
FIRST_PAGE = outline.ROOTS * (1 + outline.FIRST)


def in_threads_of(size: int, total: int) -> list[int | None]:
    """In each thread two answers to every comment, as far as they go."""
    return [
        None if n % size == 0 else n - n % size + (n % size - 1) // 2
        for n in range(total)
    ]


def queries(client: Client, address: str) -> int:
    """With nothing kept of the pages before."""
    here.memory.clear()
    with CaptureQueriesContext(connection) as context:
        assert client.get(address).status_code in (200, 302)
    return len(context)


@contextmanager
def counted() -> Iterator[list[int]]:
    """The ids of all comments made out of what the database sent."""
    made: list[int] = []

    def note(instance: Comment, **_kwargs: Any) -> None:
        made.append(instance.pk)

    post_init.connect(note, sender=Comment)
    try:
        yield made
    finally:
        post_init.disconnect(note, sender=Comment)


@pytest.fixture
def few_and_many() -> tuple[list[int], list[int]]:
    """Ten comments under one article, thousands under the other."""
    few = grow(in_threads_of(5, 10), build.article("few"))
    return few, grow(in_threads_of(250, MANY))


def test_pages_and_permalinks_take_as_many_queries_as_of_a_few(
    client: Client, few_and_many: tuple[list[int], list[int]], ben: User
) -> None:
    few, many = few_and_many
    member = Client()
    member.force_login(ben)
    for who in (client, member):
        for query in ("", "?sort=newest", "?sort=oldest", "?after={}", "?thread={}"):
            short = queries(who, FEW + query.format(few[0]))
            assert queries(who, HERE + query.format(many[0])) == short
        short = queries(who, f"/comments/{few[-1]}/")
        assert queries(who, f"/comments/{many[-1]}/") <= short + 1


def test_a_page_reads_no_more_rows_than_it_can_show_or_count(
    client: Client, few_and_many: tuple[list[int], list[int]]
) -> None:
    _few, many = few_and_many
    window = outline.FIRST + outline.MOST_FOLDED + 1
    most = 2 * (outline.ROOTS + 1) + 1 + outline.ROOTS * window + FIRST_PAGE
    for query in ("", "?sort=newest", f"?after={many[250]}"):
        with counted() as rows:
            assert len(shown(client, query)) <= FIRST_PAGE
        assert 0 < len(rows) <= most
    with counted() as rows:
        assert len(shown(client, f"?thread={many[0]}")) == BRANCH
    assert len(rows) <= 2 * (BRANCH + LEVELS) + 3


@pytest.mark.skipif(connection.vendor != "sqlite", reason="its plan is asked for")
@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("who", ["reader", "member"])
def test_ids_come_by_a_walk_of_an_index(
    ben: User, sort: Sort, after: bool, who: str
) -> None:
    made = grow([None] * 3)
    viewer = ben if who == "member" else AnonymousUser()
    with CaptureQueriesContext(connection) as context:
        found = outline.roots(build.article(), viewer, sort, made[1] if after else None)
        outline.replies(build.article(), viewer, found)
    for query in context.captured_queries:
        if query["sql"].startswith("SELECT * FROM ("):
            plan = plan_of(query["sql"])
            assert "TEMP B-TREE" not in plan
            assert "comment_counts" not in plan
            assert "USING INDEX comment_" in plan


def plan_of(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return "\n".join(row[-1] for row in cursor.fetchall())


def test_a_thread_two_hundred_deep_is_read_to_its_end(client: Client) -> None:
    made = chain(200)
    assert shown(client) == made[: 1 + outline.FIRST]
    seen: set[int] = set()
    query: str | None = f"?thread={made[0]}"
    while query:
        seen.update(shown(client, query))
        onward = ONWARD.search(page(client, query))
        query = unescape(onward[1]) if onward else None
    assert seen == set(made)


def test_deep_in_it_costs_what_its_beginning_does(client: Client) -> None:
    made = chain(200)
    first = queries(client, f"{HERE}?thread={made[0]}")
    for pk in made[8::40]:
        assert queries(client, f"{HERE}?thread={pk}") == first
