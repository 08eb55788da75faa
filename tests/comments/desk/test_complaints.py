"""Reports and appeals as a card shows them."""

import pytest

from comments.desk.complaints import hearings, reports_on
from comments.models import Report, RuleVersion
from ethicsforum.accounts.models import User
from tests import build, cast
from tests.comments.desk import build as desk

pytestmark = pytest.mark.django_db


def test_the_weightiest_reports_after_the_notices_and_a_count_of_all() -> None:
    made = build.published()
    for number in range(5):
        reporter = cast.member(f"Reader{number}")
        desk.report(made, reporter, weight=number, note=f"Note {number}.")
    desk.report(made, None, name="A. Lawyer", note="Illegal.")
    reports = reports_on([made.pk], most=3)[made.pk]
    assert [report.note for report in reports.said] == [
        "Illegal.",
        "Note 4.",
        "Note 3.",
    ]
    assert (reports.count, reports.unshown) == (6, 3)
    grounds = [(ground.title, ground.count) for ground in reports.grounds]
    assert grounds == [(build.rule().title, 5), ("", 1)]


def test_reports_that_were_answered_are_not_shown() -> None:
    made = build.published()
    report = desk.report(made, cast.cleo())
    Report.objects.update(outcome=Report.Outcome.KEPT, decided_at=report.created_at)
    assert reports_on([made.pk], most=3) == {}


def test_an_appeal_shows_the_rule_as_it_read_then(ben: User) -> None:
    decision = build.rejected(author=ben)
    rule = build.rule()
    RuleVersion.objects.create(
        rule=rule,
        number=2,
        title="New",
        text="New.",
        template="",
        repeat_is_certain=False,
    )
    item = desk.appeal(decision, "It was no insult.", "Really not.")
    hearing = hearings([item, build.held(body="Another.")])[item.pk]
    assert hearing.rule_then is not None
    assert hearing.rule_then.number == 1
    assert [message.text for message in hearing.messages] == [
        "It was no insult.",
        "Really not.",
    ]


def test_without_appeals_there_are_no_hearings() -> None:
    assert hearings([build.held()]) == {}
