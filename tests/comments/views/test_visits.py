"""What a member finds marked as new on the article's page."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from comments.actions.deciding import Reason
from comments.actions.judging import judge_item
from comments.actions.verdicts import Verdict
from comments.models import Comment, Visit
from comments.reading import news
from tests import build, cast

pytestmark = pytest.mark.django_db
HERE = "/articles/triage/"
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def visitor(client: Client, clock: time_machine.Traveller) -> Client:
    """A member who saw one comment at noon, and comes back an hour later."""
    build.published(author=cast.cleo(), body="An old thought.")
    clock.shift(timedelta(seconds=1))
    client.force_login(cast.ben())
    client.get(HERE)
    clock.shift(timedelta(hours=1))
    return client


def page(client: Client, query: str = "") -> str:
    """Without the words that lie ready for the script."""
    html = client.get(f"{HERE}{query}").content.decode()
    return re.sub(r"<template.*</template>", "", html, flags=re.DOTALL)


def marked(html: str) -> list[int]:
    found = re.findall(r'id="comment-(\d+)" data-state="\w+" data-new', html)
    return [int(pk) for pk in found]


def from_cleo(body: str, **fields: Any) -> Comment:
    return build.published(author=cast.cleo(), body=body, **fields)


def test_at_the_first_visit_nothing_is_new(client: Client) -> None:
    from_cleo("A thought.")
    client.force_login(cast.ben())
    html = page(client)
    assert "new since your visit" not in html
    assert not marked(html)
    assert ">New<" not in html


def test_what_came_since_is_marked_in_words_and_linked_through(
    visitor: Client,
) -> None:
    first, second = from_cleo("One."), from_cleo("Two.")
    html = page(visitor, "?sort=oldest")
    assert marked(html) == [first.pk, second.pk]
    assert "2 new since your visit" in html
    assert '">an hour ago</time>' in html.replace("\xa0", " ")
    assert html.count('<span class="new-mark">New</span>') == 2
    assert f'<a href="#comment-{first.pk}">Go to the first</a>' in html
    assert f'<a class="new-next" href="#comment-{second.pk}">' in html
    assert html.count("new-next") == 1


def test_the_marks_stay_for_the_visit_and_go_with_it(
    visitor: Client, clock: time_machine.Traveller
) -> None:
    new = from_cleo("One.")
    assert marked(page(visitor)) == [new.pk]
    clock.shift(timedelta(minutes=20))
    assert marked(page(visitor)) == [new.pk]
    clock.shift(timedelta(minutes=31))
    assert not marked(page(visitor))


def test_ones_own_is_never_new(visitor: Client) -> None:
    build.published(author=cast.ben(), body="Mine.")
    assert not marked(page(visitor))
    assert "new since your visit" not in page(visitor)


def test_what_was_held_for_long_is_new_when_it_comes(
    client: Client, clock: time_machine.Traveller
) -> None:
    item = build.held(author=cast.cleo(), body="Held for an hour.")
    client.force_login(cast.ben())
    client.get(HERE)
    clock.shift(timedelta(hours=1))
    judge_item(item, Verdict(True, item.version, Reason()), moderator=cast.mia())
    assert marked(page(client)) == [item.comment_id]


def test_what_stands_on_another_page_is_counted_and_led_to(visitor: Client) -> None:
    top = from_cleo("The top.")
    below = [from_cleo(f"Below {n}.", parent=top) for n in range(30)]
    html = page(visitor)
    shown = marked(html)
    assert "31 new since your visit" in html
    assert len(shown) < 31
    missing = next(c.pk for c in below if c.pk not in shown)
    assert f'<a class="new-next" href="/comments/{missing}/">' in html


def test_when_all_that_is_new_is_elsewhere_the_line_leads_there(
    visitor: Client,
) -> None:
    new = from_cleo("Elsewhere.")
    old = Comment.objects.exclude(pk=new.pk).get()
    html = page(visitor, f"?thread={old.pk}")
    assert f'<a href="/comments/{new.pk}/">Go to the first</a>' in html


def test_very_many_are_not_counted_to_the_last(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "MOST_MARKED", 2)
    for number in range(3):
        from_cleo(f"Number {number}.")
    assert "2 or more new since your visit" in page(visitor)


def test_a_form_that_comes_back_is_no_visit(visitor: Client) -> None:
    seen = Visit.objects.get().seen_at
    visitor.post(f"{HERE}comments/", {"body": ""})
    assert Visit.objects.get().seen_at == seen


def test_readers_leave_no_visit_and_carry_the_dates(client: Client) -> None:
    comment = from_cleo("A thought.")
    assert comment.published_at is not None
    html = page(client)
    assert not Visit.objects.exists()
    assert f'data-published="{int(comment.published_at.timestamp())}"' in html
    assert "data-device" in html
    client.force_login(cast.ben())
    html = page(client)
    assert "data-published" not in html
    assert "data-device" not in html


def test_a_tombstone_carries_no_date(client: Client) -> None:
    removed = build.removed(author=cast.cleo())
    from_cleo("An answer.", parent=None)
    html = page(client)
    assert f'id="comment-{removed.pk}" data-state="removed">' in html


def test_a_page_says_how_to_ask_for_more(client: Client) -> None:
    from_cleo("A thought.")
    html = page(client)
    assert re.search(r'data-live="/articles/triage/new/" data-since="\d+"', html)
    assert 'data-roots="last"' in html
    assert 'data-roots="first"' in page(client, "?sort=newest")
    thread = Comment.objects.get().pk
    assert 'data-roots="elsewhere"' in page(client, f"?thread={thread}")


@pytest.mark.parametrize("count", [1, 12])
def test_marking_costs_one_query(
    client: Client,
    clock: time_machine.Traveller,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    from_cleo("Old.")
    client.force_login(cast.ben())
    client.get(HERE)
    client.get(HERE)
    with CaptureQueriesContext(connection) as within_the_first:
        client.get(HERE)
    cost = len(within_the_first)
    clock.shift(timedelta(hours=1))
    for number in range(count):
        from_cleo(f"Number {number}.")
    client.get(HERE)
    with django_assert_num_queries(cost + 1):
        client.get(HERE)
