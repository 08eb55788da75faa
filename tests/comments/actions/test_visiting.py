"""A member's visits to a discussion."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError
from pytest_django import DjangoAssertNumQueries

from comments.actions import visiting
from comments.actions.visiting import note_visit
from comments.models import Visit
from tests import build, cast

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def visit() -> datetime | None:
    return note_visit(build.article(), member=cast.ben())


def test_the_first_has_none_before(clock: time_machine.Traveller) -> None:
    assert visit() is None
    assert Visit.objects.get().seen_at == NOON


def test_it_goes_on_while_pages_follow_each_other(
    clock: time_machine.Traveller,
) -> None:
    for _page in range(4):
        assert visit() is None
        clock.shift(timedelta(minutes=29))
    assert Visit.objects.get().seen_at == NOON + timedelta(minutes=87)


def test_after_half_an_hour_away_a_new_one_begins(
    clock: time_machine.Traveller,
) -> None:
    visit()
    clock.shift(timedelta(minutes=31))
    assert visit() == NOON
    clock.shift(timedelta(minutes=5))
    assert visit() == NOON


def test_it_is_written_once_a_minute(
    clock: time_machine.Traveller,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    article, ben = build.article(), cast.ben()
    with django_assert_num_queries(2):
        note_visit(article, member=ben)
    clock.shift(timedelta(seconds=59))
    with django_assert_num_queries(1):
        note_visit(article, member=ben)
    clock.shift(timedelta(seconds=1))
    with django_assert_num_queries(2):
        note_visit(article, member=ben)


def test_each_member_and_each_article_has_its_own() -> None:
    visit()
    note_visit(build.article(), member=cast.cleo())
    note_visit(build.article("elsewhere"), member=cast.ben())
    assert Visit.objects.count() == 3


def test_a_database_that_refuses_costs_the_marks_only(
    clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise DatabaseError("read only")

    monkeypatch.setattr(Visit.objects, "bulk_create", refuse)
    assert visit() is None
    assert not Visit.objects.exists()


def test_the_slower_of_two_windows_changes_nothing(
    clock: time_machine.Traveller,
) -> None:
    visit()
    seen_by_both = Visit.objects.get()
    clock.shift(timedelta(minutes=40))
    visit()
    visiting._write(seen_by_both, NOON + timedelta(minutes=41), None)
    kept = Visit.objects.get()
    assert kept.seen_at == NOON + timedelta(minutes=40)
    assert kept.before == NOON
