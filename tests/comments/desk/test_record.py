"""How an author has fared."""

from typing import Any

import pytest

from comments.desk.record import Record, decisions_lately, records_of
from comments.models import Appeal, Report
from comments.states import Measure
from ethicsforum.accounts.models import User
from tests import build, cast
from tests.comments.desk import build as desk

pytestmark = pytest.mark.django_db


def test_nobody_costs_nothing(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert records_of([None]) == {}


def test_accepted_and_refused(ben: User) -> None:
    build.published(author=ben, body="One.")
    build.rejected(author=ben, body="Two.")
    build.removed(author=ben, body="Three.")
    build.held(author=ben, body="Four.")
    record = records_of([ben.pk, None])[ben.pk]
    assert (record.accepted, record.refused) == (1, 2)


def test_what_fell_on_appeal_and_what_reports_were_right_about(ben: User) -> None:
    refusal = build.rejected(author=ben)
    desk.appeal(refusal)
    Appeal.objects.update(outcome=Appeal.Outcome.OVERTURNED, ruling=refusal)
    made = build.published(author=ben, body="Two.")
    report = desk.report(made, cast.cleo())
    Report.objects.filter(pk=report.pk).update(
        outcome=Report.Outcome.ACTED, decided_at=report.created_at
    )
    record = records_of([ben.pk])[ben.pk]
    assert (record.reversed, record.reported) == (1, 1)


def test_sanctions_that_run(ben: User) -> None:
    sanction = desk.limited(ben)
    assert records_of([ben.pk])[ben.pk].sanctions == (sanction,)


def test_a_member_without_a_past(ben: User) -> None:
    assert records_of([ben.pk]) == {ben.pk: Record()}


def test_of_a_long_past_the_newest_count(
    ben: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("comments.desk.record.LATEST", 2)
    build.rejected(author=ben, body="Long ago.")
    build.published(author=ben, body="One.")
    assert not records_of([cast.cleo().pk])[cast.cleo().pk].is_of_latest
    build.published(author=ben, body="Two.")
    record = records_of([ben.pk])[ben.pk]
    assert (record.accepted, record.refused, record.is_of_latest) == (2, 0, True)


def test_the_last_decisions_are_those_that_intervened(ben: User) -> None:
    build.published(author=ben, body="The machine let it pass.")
    for number in range(6):
        build.rejected(author=ben, body=f"No {number}.")
    desk.limited(ben)
    lately = decisions_lately(ben.pk)
    assert len(lately) == 5
    assert lately[0].measure == Measure.LIMIT


def test_a_comment_can_be_left_out_of_them(ben: User) -> None:
    refusal = build.rejected(author=ben)
    assert decisions_lately(ben.pk, [refusal.comment_id]) == []
    assert decisions_lately(None) == []
