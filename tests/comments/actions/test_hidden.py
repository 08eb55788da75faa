"""A comment that is hidden after reports, and what its author can still do."""

from typing import Any

import pytest
from django.test import Client

from comments.actions.deciding import Decider, StaleDecision, decide, decide_item
from comments.actions.posting import edit_comment, withdraw_comment
from comments.actions.reporting import reopen_reports
from comments.actions.screening import screen
from comments.audit import audit
from comments.models import Comment, QueueItem, Report, oldest_waiting_seconds
from comments.states import State
from tests import build, cast
from tests.comments.actions.test_answering_reports import undo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_data_is_sound() -> Any:
    yield
    assert list(audit()) == []


@pytest.fixture
def comment() -> Comment:
    """Ann's; her comments need no human first."""
    return build.hidden(author=cast.ann(), body="Hidden words.")


@pytest.fixture
def edit(comment: Comment) -> QueueItem:
    """An edit of the hidden comment, screened."""
    screen(edit_comment(comment, body="Better words.").pk)
    held = QueueItem.objects.waiting().for_desk()
    return held.get(kind=QueueItem.Kind.HELD)


def test_an_edit_does_not_slip_past(edit: QueueItem) -> None:
    assert [finding["screener"] for finding in edit.findings] == ["under-review"]
    assert build.fresh(edit.comment).is_hidden


def test_the_machine_can_not_publish_over_a_hidden_text(comment: Comment) -> None:
    """Screened before the comment was hidden, decided after it."""
    text = edit_comment(comment, body="Better words.")
    with pytest.raises(StaleDecision):
        decide(text, to=State.PUBLISHED, by=Decider.machine())
    assert build.text_of(comment).state == State.SCREENING
    screen(text.pk)


def test_a_moderator_can_take_the_edit_instead(edit: QueueItem) -> None:
    old = edit.comment.accepted_revision
    by = Decider.moderator(cast.mia())
    decision = decide_item(edit, version=1, to=State.PUBLISHED, by=by)
    comment = build.fresh(edit.comment)
    assert (comment.state, comment.accepted_revision) == ("published", edit.revision)
    assert Report.objects.get().outcome == "kept"
    assert not QueueItem.objects.waiting().exists()
    assert oldest_waiting_seconds() is None
    undo(decision, State.HELD)
    again = build.fresh(edit.comment)
    assert again.is_hidden
    assert again.accepted_revision == old
    assert Report.objects.get().outcome == ""
    assert build.reported_item(again).revision == old


def test_an_edit_can_be_refused_while_the_text_stays_hidden(edit: QueueItem) -> None:
    by = Decider.moderator(cast.mia())
    decide_item(edit, version=1, to=State.REJECTED, by=by, reason=build.reason())
    assert build.fresh(edit.comment).is_hidden
    assert build.reported_item(edit.comment).is_open
    assert Report.objects.get().outcome == ""


def test_leaving_up_the_text_leaves_the_edit_waiting(edit: QueueItem) -> None:
    build.leave_up(edit.comment)
    assert build.fresh(edit.comment).state == State.PUBLISHED
    assert QueueItem.objects.waiting().get() == edit


def test_taking_it_down_takes_the_edit_too(edit: QueueItem) -> None:
    build.take_down(edit.comment)
    assert build.text_of(edit.comment).state == State.REJECTED
    assert not QueueItem.objects.waiting().exists()


def test_the_author_can_withdraw_it(edit: QueueItem) -> None:
    withdraw_comment(edit.comment)
    assert build.fresh(edit.comment).state == State.WITHDRAWN
    assert Report.objects.get().outcome == "withdrawn"
    assert not QueueItem.objects.waiting().exists()


def test_a_second_edit_replaces_the_first(edit: QueueItem) -> None:
    screen(edit_comment(edit.comment, body="Best words.").pk)
    waiting = QueueItem.objects.waiting().filter(kind=QueueItem.Kind.HELD)
    assert waiting.get().revision.source == "Best words."


# --- On the page ------------------------------------------------------------


def page(*, viewer: Any = None) -> str:
    client = Client()
    if viewer:
        client.force_login(viewer)
    return client.get("/articles/triage/").content.decode()


def test_others_see_a_tombstone(comment: Comment) -> None:
    for viewer in (None, cast.cleo(), cast.mia()):
        html = page(viewer=viewer)
        assert f'id="comment-{comment.pk}" data-state="held"' in html
        assert "A moderator is looking at this comment after reports" in html
        assert "Hidden words" not in html


def test_the_author_sees_it_and_why(comment: Comment) -> None:
    html = page(viewer=cast.ann())
    assert "Hidden words." in html
    assert "Hidden after reports until a moderator has read it" in html
    assert "members have reported it" in html


def test_the_author_sees_what_becomes_of_the_edit(edit: QueueItem) -> None:
    html = page(viewer=cast.ann())
    assert "Hidden after reports" in html
    assert "Waiting for a moderator" in html
    assert "a moderator is looking at the comment after reports" in html


def test_it_is_in_no_count_and_no_feed(comment: Comment) -> None:
    client = Client()
    assert "Hidden words" not in client.get("/articles/triage/feed/").content.decode()
    before = page().count("<article ")
    build.leave_up(comment)
    assert "Hidden words" in client.get("/articles/triage/feed/").content.decode()
    assert page().count("<article ") == before


def test_an_answer_to_it_does_not_show_it(comment: Comment) -> None:
    client = Client()
    client.force_login(cast.ben())
    fields = {"body": "My answer.", "parent": comment.pk}
    response = client.post("/articles/triage/comments/", fields)
    html = response.content.decode()
    assert "The comment you answer is no longer there." in html
    assert "My answer." in html
    assert "Hidden words" not in html


def test_reopening_twice_changes_nothing(comment: Comment) -> None:
    decision = build.leave_up(comment)
    undo(decision, State.HELD)
    reopen_reports(decision)
    assert build.reported_item(comment).is_open
