"""Post, edit, withdraw."""

from typing import Any

import pytest

from comments import dispatch
from comments.actions.deciding import Decider, decide
from comments.actions.posting import (
    CommentClosed,
    edit_comment,
    post_comment,
    withdraw_comment,
)
from comments.models import Comment, Decision, QueueItem, Revision
from comments.states import DeciderKind, State
from ethicsforum.accounts.models import User
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """What would have gone to the broker."""
    log: list[tuple[str, int]] = []
    monkeypatch.setattr(
        "ethicsforum.dispatch.send", lambda task, pk, after: log.append((task, pk))
    )
    return log


def test_a_comment_is_stored_before_anything_is_sent(
    ben: User, sent: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    article = build.article()
    with django_capture_on_commit_callbacks() as callbacks:
        comment = post_comment(article, author=ben, body="*Hello*")
    assert comment.state == State.SCREENING
    text = comment.revisions.get()
    assert (text.number, text.source, text.html) == (
        1,
        "*Hello*",
        "<p><em>Hello</em></p>\n",
    )
    assert sent == []
    callbacks[0]()
    assert sent == [(dispatch.SCREEN, text.pk)]


def test_a_reply_stands_below_what_it_answers(ben: User) -> None:
    parent = build.published(author=ben)
    reply = post_comment(parent.article, author=ben, body="Yes.", parent=parent)
    assert reply.path.startswith(parent.path)
    assert reply.depth == parent.depth + 1


def test_a_double_click_is_one_comment(ben: User) -> None:
    first = post_comment(build.article(), author=ben, body="Once.")
    second = post_comment(build.article(), author=ben, body="Once.")
    assert first == second
    assert Comment.objects.count() == 1


def test_the_same_words_under_another_comment_are_another_comment(ben: User) -> None:
    parent = build.published(author=ben, body="Something")
    first = post_comment(parent.article, author=ben, body="Yes.")
    second = post_comment(parent.article, author=ben, body="Yes.", parent=parent)
    assert first != second


def test_an_edit_of_a_published_comment_waits_while_the_old_text_stays(
    ben: User,
) -> None:
    comment = build.published(author=ben, body="Old.")
    text = edit_comment(comment, body="New.")
    comment = build.fresh(comment)
    assert comment.state == State.PUBLISHED
    assert comment.accepted_revision is not None
    assert comment.accepted_revision.source == "Old."
    assert (text.number, text.state) == (2, State.SCREENING)


def test_an_edit_of_a_held_comment_takes_its_place(ben: User) -> None:
    item = build.held(author=ben, body="Old.")
    text = edit_comment(build.fresh(item.comment), body="New.")
    item.refresh_from_db()
    assert not item.is_open
    assert item.closing_decision is not None
    assert item.closing_decision.decider_kind == DeciderKind.AUTHOR
    assert build.fresh(item.comment).state == State.SCREENING
    assert Revision.objects.waiting().get() == text


def test_an_edit_of_a_rejected_comment_is_screened_again(ben: User) -> None:
    decision = build.rejected(author=ben)
    edit_comment(build.fresh(decision.comment), body="Better.")
    assert build.fresh(decision.comment).state == State.SCREENING


def test_an_edit_that_changes_nothing_makes_no_text(ben: User) -> None:
    comment = build.published(author=ben, body="Same.")
    assert edit_comment(comment, body="Same.").number == 1


def test_withdrawing_leaves_a_decision_of_the_author(ben: User) -> None:
    comment = build.published(author=ben)
    withdraw_comment(comment)
    assert build.fresh(comment).state == State.WITHDRAWN
    last = Decision.objects.get(to_state=State.WITHDRAWN)
    assert (last.decider_kind, last.decider) == (DeciderKind.AUTHOR, None)


def test_withdrawing_takes_the_waiting_edit_along(ben: User) -> None:
    comment = build.published(author=ben)
    edit_comment(comment, body="New.")
    withdraw_comment(build.fresh(comment))
    assert build.fresh(comment).state == State.WITHDRAWN
    assert not Revision.objects.waiting().exists()


def test_withdrawing_what_waits_empties_the_queue(ben: User) -> None:
    item = build.held(author=ben)
    withdraw_comment(build.fresh(item.comment))
    assert not QueueItem.objects.waiting().exists()
    assert build.fresh(item.comment).state == State.WITHDRAWN


def test_an_edit_that_only_mends_capitals_is_an_edit(ben: User) -> None:
    comment = build.published(author=ben, body="all in one. two.")
    assert edit_comment(comment, body="All in one.\n\nTwo.").number == 2


def test_a_mended_text_sent_again_is_another_comment(ben: User) -> None:
    first = post_comment(build.article(), author=ben, body="loud words")
    second = post_comment(build.article(), author=ben, body="Loud words")
    assert first != second


def test_a_text_that_was_edited_away_can_be_sent_again(ben: User) -> None:
    first = post_comment(build.article(), author=ben, body="One.")
    edit_comment(first, body="Two.")
    assert post_comment(build.article(), author=ben, body="One.") != first


def test_an_edit_from_a_stale_page_works_on_what_is_there(ben: User) -> None:
    stale = build.comment(author=ben)
    decide(build.text_of(stale), to=State.PUBLISHED, by=Decider.machine())
    edit_comment(stale, body="Better.")
    assert build.fresh(stale).state == State.PUBLISHED


@pytest.mark.parametrize("deed", [edit_comment, withdraw_comment])
def test_what_was_withdrawn_stays_so(deed: Any, ben: User) -> None:
    comment = build.published(author=ben)
    withdraw_comment(comment)
    fields = {"body": "Back again."} if deed is edit_comment else {}
    with pytest.raises(CommentClosed):
        deed(comment, **fields)
    assert build.fresh(comment).state == State.WITHDRAWN
