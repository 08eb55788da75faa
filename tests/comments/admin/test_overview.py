"""The admin's first page: who sees the overview, what it says, what it costs."""

import re
from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from comments.models import QueueItem, SecondOpinion
from ethicsforum.accounts.models import User
from ethicsforum.cache import quick
from tests import build, cast

pytestmark = pytest.mark.django_db


def page(client: Client, user: User) -> str:
    client.force_login(user)
    response = client.get("/admin/")
    assert response.status_code == HTTPStatus.OK
    return str(response.content.decode())


def some_of_everything(start: int, number: int) -> None:
    for n in range(start, start + number):
        under = build.article(f"article-{n}")
        build.published(body=f"Up {n}.", under=under)
        build.held(body=f"Held {n}.", under=under)
        first = build.rejected(body=f"Down {n}.", under=under)
        item = QueueItem.objects.create(
            comment=first.comment,
            revision=first.revision,
            first_decision=first,
            closed_at=first.created_at,
        )
        SecondOpinion.objects.create(
            item=item, first=first, first_approves=False, approves=n % 2 == 0
        )


def test_a_moderator_sees_what_waits_and_how_it_goes(client: Client, mia: User) -> None:
    some_of_everything(0, 12)
    html = page(client, mia)
    assert "?queue=waiting" in html
    assert re.search(r'data-queue="waiting"><strong>12\s*</strong>', html)
    for expected in (
        "How it goes",
        "half are decided within",
        "Refusals that did not last",
        "0 of 12 refusals",
        "κ =",
        "To talk about",
        "Reckoned at",
        "Redis: does not answer",
    ):
        assert expected in html, expected


@pytest.mark.parametrize("who", ["eda", "nobody"])
def test_others_see_djangos_page_alone(client: Client, who: str) -> None:
    user = cast.eda() if who == "eda" else cast.member("Nobody", is_staff=True)
    html = page(client, user)
    assert "What would you like to do?" in html
    assert "How it goes" not in html
    assert "queue=waiting" not in html


def test_an_empty_forum_has_words_and_no_charts(client: Client, mia: User) -> None:
    html = page(client, mia)
    assert "Nothing waits for you." in html
    assert "Nothing has been moderated so far." in html
    assert "<svg class" not in html


def test_a_part_that_is_empty_has_words_too(client: Client, mia: User) -> None:
    build.published()
    html = page(client, mia)
    for words in (
        "Nothing came to the desk in the last 14 days.",
        "Moderators decided nothing in the last 30 days.",
        "Moderators refused nothing in the last 90 days.",
        "comes, unmarked, before a second moderator",
    ):
        assert words in html


def test_few_pairs_are_not_enough_yet(client: Client, mia: User) -> None:
    some_of_everything(0, 2)
    assert "2 pairs so far: not enough yet" in page(client, mia)


def test_it_costs_the_same_however_much_there_is(client: Client, mia: User) -> None:
    costs = []
    for start, number in ((0, 2), (2, 10)):
        some_of_everything(start, number)
        client.force_login(mia)
        quick.clear()
        with CaptureQueriesContext(connection) as queries:
            page(client, mia)
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 36


def test_no_count_is_without_a_bound(client: Client, mia: User) -> None:
    some_of_everything(0, 2)
    with CaptureQueriesContext(connection) as queries:
        page(client, mia)
    counts = [q["sql"] for q in queries if "COUNT(" in q["sql"]]
    assert counts
    for sql in counts:
        assert re.search(r"LIMIT \d+|(created|opened|closed)_at\W+>=", sql), sql


def test_within_a_minute_only_what_waits_is_counted(
    client: Client, mia: User, django_assert_max_num_queries: Any
) -> None:
    page(client, mia)
    client.force_login(mia)
    with django_assert_max_num_queries(16):
        client.get("/admin/")


def test_every_drawing_has_a_title_and_a_table(client: Client, mia: User) -> None:
    some_of_everything(0, 12)
    html = page(client, mia)
    drawings = re.findall(r'<svg class="chart".*?</svg>.*?<details', html, re.DOTALL)
    assert len(drawings) == html.count('<svg class="chart"') == 4
    for drawing in drawings:
        for part in ('role="img"', "aria-labelledby", "<title", "<desc"):
            assert part in drawing
    assert " style=" not in html.split('class="overview')[1]


def test_coordinates_are_numbers_in_every_language(client: Client, mia: User) -> None:
    some_of_everything(0, 3)
    with translation.override("de"):
        html = page(client, mia)
    assert 'lang="de"' in html
    drawings = "".join(re.findall(r'<svg class="chart".*?</svg>', html, re.DOTALL))
    values = re.findall(r' (?:[xy][12]?|width|height|c[xy])="([^"]*)"', drawings)
    assert any("." in value for value in values)
    for value in values:
        float(value)
