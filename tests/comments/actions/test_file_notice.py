"""Notices of illegal content: receipt, queue, answer."""

from typing import Any

import pytest
from django.core import mail

from comments.actions.moderating import remove_comment
from comments.actions.posting import withdraw_comment
from comments.actions.reporting import NotPublic, file_notice
from comments.models import Notification, QueueItem, Report
from comments.notifications import deliver
from comments.priority import ALLOWANCE, Severity
from comments.states import State
from tests import build, cast

pytestmark = pytest.mark.django_db
Kind = Notification.Kind


@pytest.fixture(autouse=True)
def nothing_can_be_undone(settings: Any) -> None:
    """Mail is due at once."""
    settings.UNDO_SECONDS = 0
    settings.SITE_URL = "https://forum.example"


def mailed(kind: Kind) -> str:
    """Deliver the one word of this kind; subject and text of its mail."""
    assert deliver(Notification.objects.get(kind=kind).pk)
    sent = mail.outbox[-1]
    assert sent.to == ["law@example.org"]
    assert sent.message().as_string()
    return f"{sent.subject}\n{sent.body}"


def test_a_notice_weighs_nothing_and_is_urgent(settings: Any) -> None:
    settings.REPORT_THRESHOLD = 1
    report = build.noticed()
    assert (report.source, report.weight, report.rule) == ("notice", 0, None)
    item = build.reported_item(report.comment)
    assert item.severity == Severity.URGENT
    assert item.due_at == item.opened_at + ALLOWANCE[Severity.URGENT]
    assert item.findings[0]["saw"] == {"count": 1}
    assert "Lex" not in str(item.findings)
    assert build.fresh(report.comment).state == State.PUBLISHED


def test_a_notice_moves_what_was_reported_forward_and_nothing_back() -> None:
    comment = build.published()
    build.reported(comment)
    before = build.reported_item(comment)
    build.noticed(comment)
    urgent = build.reported_item(comment)
    assert urgent.due_at < before.due_at
    assert urgent.version == before.version + 1
    build.reported(comment, build.reporter("Sam"), "harm")
    after = build.reported_item(comment)
    assert (after.due_at, after.severity) == (urgent.due_at, Severity.URGENT)
    assert [f["screener"] for f in after.findings] == ["notice", "reported"]


def test_the_receipt_quotes_nothing_that_the_sender_wrote() -> None:
    """Else this form would send strangers' words to any address."""
    comment = build.published()
    spam = "Buy at https://spam.example"
    file_notice(comment, name=spam, email="law@example.org", note=spam)
    text = mailed(Kind.REPORT_RECEIVED)
    assert "has arrived" in text
    assert f"https://forum.example/comments/{comment.pk}/" in text
    assert "spam" not in text


def test_the_same_notice_twice_is_one() -> None:
    comment = build.published()
    assert build.noticed(comment) == build.noticed(comment)
    assert Notification.objects.filter(kind=Kind.REPORT_RECEIVED).count() == 1
    assert build.noticed(comment, email="other@example.org")
    assert Report.objects.count() == 2


def test_the_answer_says_how_it_was_decided_and_what_one_can_do() -> None:
    comment = build.noticed().comment
    build.take_down(comment)
    text = mailed(Kind.REPORT_ACTED)
    assert "was taken down" in text
    assert "Rule: Argue with the claim, not with the person" in text
    assert "A moderator decided this; no machine did." in text
    assert "out-of-court dispute settlement" in text
    assert "A thought worth having" not in text


def test_left_up() -> None:
    comment = build.noticed().comment
    build.leave_up(comment)
    text = mailed(Kind.REPORT_KEPT)
    assert "left it up" in text
    assert "out-of-court dispute settlement" in text
    assert "has changed" not in text


def test_left_up_as_it_reads_now() -> None:
    comment = build.noticed().comment
    build.edited(comment)
    build.leave_up(comment)
    assert "the author’s text has changed" in mailed(Kind.REPORT_KEPT)


def test_withdrawn_meanwhile() -> None:
    comment = build.noticed().comment
    withdraw_comment(comment)
    text = mailed(Kind.REPORT_ACTED)
    assert "The author has withdrawn the comment" in text
    assert "no moderator has decided" in text


@pytest.mark.parametrize("outcome", ["acted", "withdrawn"])
def test_what_is_gone_already_is_answered_at_once(outcome: str) -> None:
    comment = build.published()
    if outcome == "acted":
        remove_comment(comment, moderator=cast.mia(), reason=build.reason())
    else:
        withdraw_comment(comment)
    report = build.noticed(comment)
    assert report.outcome == outcome
    assert report.decision == comment.decisions.last()
    assert not QueueItem.objects.exists()
    assert "has arrived" in mailed(Kind.REPORT_RECEIVED)
    assert mailed(Kind.REPORT_ACTED)


def test_a_hidden_comment_can_be_noticed() -> None:
    comment = build.hidden()
    assert build.noticed(comment).outcome == ""
    assert build.reported_item(comment).severity == Severity.URGENT


def test_a_dismissed_rule_does_not_silence_a_notice() -> None:
    comment = build.published()
    build.reported(comment)
    build.leave_up(comment)
    build.noticed(comment)
    build.noticed(comment, email="other@example.org")
    assert build.reported_item(comment).findings[0]["saw"] == {"count": 2}


def test_what_was_never_public_can_not() -> None:
    with pytest.raises(NotPublic):
        build.noticed(build.held().comment)
    assert not Report.objects.exists()
