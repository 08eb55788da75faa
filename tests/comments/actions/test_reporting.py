"""A member's report: recorded once, weighed, queued, and from a weight on hiding."""

from typing import Any

import pytest

from comments.actions.moderating import remove_comment
from comments.actions.posting import withdraw_comment
from comments.actions.reporting import NotPublic, report_comment
from comments.actions.weighing import weigh
from comments.models import Decision, Notification, QueueItem, Report
from comments.priority import Severity
from comments.states import DeciderKind, State
from comments.weights import NEWCOMER, ORDINARY
from ethicsforum.accounts.models import User
from tests import build, cast

pytestmark = pytest.mark.django_db


def test_a_report_names_text_rule_and_reporter() -> None:
    comment, rosa = build.published(), build.reporter()
    report = report_comment(
        comment, reporter=rosa, rule=build.rule("harm"), note="The last line."
    )
    assert report.revision == comment.accepted_revision
    assert (report.reporter, report.note) == (rosa, "The last line.")
    assert (report.weight, report.outcome) == (ORDINARY, "")


def test_the_second_report_of_one_member_is_the_first() -> None:
    comment, rosa = build.published(), build.reporter()
    first = build.reported(comment, rosa, "harm")
    assert build.reported(comment, rosa, "person") == first
    assert Report.objects.get().rule == build.rule("harm")


@pytest.mark.parametrize("state", ["hidden", "removed", "withdrawn"])
def test_only_what_is_public_can_be_reported(state: str) -> None:
    comment = build.hidden() if state == "hidden" else build.published()
    if state == "removed":
        remove_comment(comment, moderator=cast.mia(), reason=build.reason())
    if state == "withdrawn":
        withdraw_comment(comment)
    with pytest.raises(NotPublic):
        build.reported(comment, build.reporter("Sam"))
    assert not Report.objects.by(build.reporter("Sam")).exists()


def test_reports_open_one_item_that_says_what_they_say() -> None:
    comment = build.published()
    for name, code in (("Rosa", "harm"), ("Sam", "person"), ("Tea", "person")):
        build.reported(comment, build.reporter(name), code)
    item = QueueItem.objects.get()
    assert item.kind == QueueItem.Kind.REPORTED
    assert item.revision == comment.accepted_revision
    assert item.severity == Severity.SERIOUS
    [finding] = item.findings
    assert finding["screener"] == "reported"
    assert finding["saw"] == {"count": 3, "rules": "person 2, harm 1", "weight": "3.00"}
    assert finding["rule"] == "person"


def test_only_a_new_ground_takes_the_card_from_a_moderator() -> None:
    comment = build.published()
    build.reported(comment, build.reporter("Rosa"), "harm")
    build.reported(comment, build.reporter("Sam"), "harm")
    assert build.reported_item(comment).version == 1
    build.reported(comment, cast.cleo(), "person")
    assert build.reported_item(comment).version == 2


def test_below_the_threshold_the_text_stays() -> None:
    comment = build.published()
    for name in ("Rosa", "Sam"):
        build.reported(comment, build.reporter(name))
    assert build.fresh(comment).state == State.PUBLISHED


def test_at_the_threshold_the_machine_hides_it_and_says_why() -> None:
    comment = build.published()
    for name in ("Rosa", "Sam", "Tea"):
        build.reported(comment, build.reporter(name))
    hidden = build.fresh(comment)
    assert hidden.is_hidden
    decision = Decision.objects.get(to_state=State.HELD)
    assert decision.decider_kind == DeciderKind.MACHINE
    assert decision.findings[0]["saw"]["count"] == 3
    assert decision.findings == build.reported_item(comment).findings
    assert "Rosa" not in str(decision.findings)


def test_zero_never_hides(settings: Any) -> None:
    settings.REPORT_THRESHOLD = 0
    comment = build.published()
    for name in ("Rosa", "Sam", "Tea", "Uli"):
        build.reported(comment, build.reporter(name))
    assert build.fresh(comment).state == State.PUBLISHED


def test_the_author_hears_at_once_that_it_is_hidden() -> None:
    ben = cast.ben()
    build.hidden(author=ben)
    notice = Notification.objects.get(recipient=ben)
    assert notice.kind == Notification.Kind.HIDDEN
    assert notice.mail_due_at is not None
    assert notice.mail_due_at <= notice.created_at


def test_a_flood_of_new_accounts_weighs_as_one_ordinary_reporter() -> None:
    comment = build.published()
    accounts = User.objects.bulk_create(
        User(email=f"f{n}@example.org", username=f"Flood{n}", username_key=f"flood{n}")
        for n in range(200)
    )
    for account in accounts:
        build.reported(comment, account)
    assert Report.objects.count() == 200
    assert set(Report.objects.values_list("weight", flat=True)) == {NEWCOMER}
    item = build.reported_item(comment)
    assert item.findings[0]["saw"]["weight"] == "1.00"
    assert item.severity == Severity.SERIOUS
    assert item.version == 1
    assert build.fresh(comment).state == State.PUBLISHED
    build.reported(comment, build.reporter())
    assert build.fresh(comment).state == State.PUBLISHED
    build.reported(comment, build.reporter("Sam"))
    assert build.fresh(comment).is_hidden


# --- What a moderator has looked at ----------------------------------------


def test_a_dismissed_rule_is_answered_at_once_and_counts_for_nothing(
    settings: Any,
) -> None:
    settings.REPORT_THRESHOLD = 1
    comment = build.published()
    build.reported(comment, build.reporter("Rosa"), "harm")
    decision = build.leave_up(comment)
    again = build.reported(comment, build.reporter("Sam"), "harm")
    assert (again.outcome, again.decision, again.weight) == ("kept", decision, 0)
    assert build.fresh(comment).state == State.PUBLISHED
    assert not QueueItem.objects.waiting().exists()


def test_another_rule_is_heard_after_a_dismissal(settings: Any) -> None:
    settings.REPORT_THRESHOLD = 1
    comment = build.published()
    build.reported(comment, build.reporter("Rosa"), "harm")
    build.leave_up(comment)
    build.reported(comment, build.reporter("Sam"), "privacy")
    assert build.fresh(comment).is_hidden
    [finding] = QueueItem.objects.waiting().get().findings
    assert finding["saw"]["rules"] == "privacy 1"


def test_a_dismissal_is_about_the_text_that_was_read() -> None:
    comment = build.published()
    build.reported(comment, build.reporter("Rosa"), "harm")
    build.leave_up(comment)
    build.edited(comment)
    again = build.reported(comment, build.reporter("Sam"), "harm")
    assert again.outcome == ""
    assert QueueItem.objects.waiting().get().revision == build.text_of(comment)


# --- The reporter's record --------------------------------------------------


def test_the_record_is_of_reports_that_were_judged() -> None:
    rosa = build.reporter()
    for number in range(2):
        bad = build.published(body=f"Bad {number}.")
        build.reported(bad, rosa)
        build.take_down(bad)
    assert weigh(rosa) == 150
    comment = build.published(body="Fine.")
    build.reported(comment, build.reporter("Sam"))
    build.leave_up(comment)
    build.reported(comment, rosa)
    assert weigh(rosa) == 150


def test_a_report_costs_a_fixed_number_of_queries(
    settings: Any, django_assert_num_queries: Any
) -> None:
    settings.REPORT_THRESHOLD = 10_000
    comment, person = build.published(), build.rule("person")
    build.reported(comment, build.reporter("Rosa"))
    late, later = build.reporter("Late"), build.reporter("Later")
    with django_assert_num_queries(12):
        report_comment(comment, reporter=late, rule=person)
    for number in range(20):
        build.reported(comment, cast.member(f"New{number}"))
    with django_assert_num_queries(12):
        report_comment(comment, reporter=later, rule=person)
