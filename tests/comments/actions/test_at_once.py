"""Several people at one moment, on threads with database connections of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier
from typing import Any

import pytest
import time_machine
from django.db import connections
from django.utils import timezone

from comments.actions.appealing import CannotAppeal, add_message
from comments.actions.calibrating import calibrate
from comments.actions.deciding import Decider, StaleDecision, decide_item
from comments.actions.moderating import remove_comment
from comments.actions.posting import edit_comment, post_comment, withdraw_comment
from comments.actions.screening import screen
from comments.audit import audit
from comments.models import (
    Appeal,
    AppealMessage,
    Comment,
    Decision,
    Notification,
    QueueItem,
)
from comments.states import DeciderKind, State
from tests import build, cast

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 10


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Each deed on its own thread, let go together; what each returned or raised."""
    gate = Barrier(len(deeds))

    def do(deed: Callable[[], Any]) -> Any:
        gate.wait(10)
        try:
            return deed()
        except (StaleDecision, CannotAppeal) as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


def test_two_moderators_on_one_item() -> None:
    mia, max_ = Decider.moderator(cast.mia()), Decider.moderator(cast.max_())
    reason = build.reason()
    for number in range(ROUNDS):
        item = build.held(body=f"Number {number}.")

        # Each reads the row afresh, as two requests do: they share no object.
        def approve(pk: int = item.pk) -> Decision:
            item = QueueItem.objects.for_desk().get(pk=pk)
            return decide_item(item, version=1, to=State.PUBLISHED, by=mia)

        def reject(pk: int = item.pk) -> Decision:
            item = QueueItem.objects.for_desk().get(pk=pk)
            return decide_item(
                item, version=1, to=State.REJECTED, by=max_, reason=reason
            )

        results = at_once(approve, reject)
        done = [result for result in results if isinstance(result, Decision)]
        stale = [result for result in results if isinstance(result, StaleDecision)]
        assert (len(done), len(stale)) == (1, 1)
        assert stale[0].decision == done[0]
        assert build.fresh(item.comment).state == done[0].to_state
        human = Decision.objects.filter(comment=item.comment).exclude(
            decider_kind=DeciderKind.MACHINE
        )
        assert human.count() == 1


def test_two_moderators_on_one_appeal() -> None:
    max_, root = cast.max_(), cast.root()
    for number in range(ROUNDS):
        item = build.appealed(build.rejected(body=f"Number {number}."))
        results = at_once(
            partial(build.ruled, item, by=max_, overturn=True),
            partial(build.ruled, item, by=root),
        )
        done = [result for result in results if isinstance(result, Decision)]
        stale = [result for result in results if isinstance(result, StaleDecision)]
        assert (len(done), len(stale)) == (1, 1)
        assert stale[0].decision == done[0]
        assert Appeal.objects.get(decision=item.first_decision).ruling == done[0]
        assert Notification.objects.filter(decision=done[0]).count() == 1
    assert list(audit()) == []


def test_one_appeal_sent_many_times() -> None:
    decision = build.rejected(author=cast.ben())
    appeals = at_once(*[partial(build.appeal, decision)] * 6)
    assert len(set(appeals)) == 1
    assert Appeal.objects.get().messages.count() == 1
    assert QueueItem.objects.filter(kind=QueueItem.Kind.APPEAL).count() == 1


def test_a_last_word_and_a_ruling() -> None:
    """Either the moderator reads it first, or it comes too late and says so."""
    ben, max_ = cast.ben(), cast.max_()
    for number in range(ROUNDS):
        item = build.appealed(build.rejected(author=ben, body=f"Number {number}."))
        appeal = Appeal.objects.get(decision=item.first_decision)
        added, ruled = at_once(
            partial(add_message, appeal, sender=ben, text="One more thing."),
            partial(build.ruled, item, by=max_),
        )
        assert isinstance(added, AppealMessage) == isinstance(ruled, StaleDecision)
        assert isinstance(added, CannotAppeal) == isinstance(ruled, Decision)


def test_a_moderator_and_the_author() -> None:
    by = Decider.moderator(cast.mia())
    for number in range(ROUNDS):
        item = build.held(body=f"Number {number}.")
        comment = build.fresh(item.comment)
        at_once(
            partial(decide_item, item, version=1, to=State.PUBLISHED, by=by),
            partial(withdraw_comment, comment),
        )
        item.refresh_from_db()
        assert not item.is_open
        state = build.fresh(comment).state
        assert state in {State.PUBLISHED, State.WITHDRAWN}
        numbers = Decision.objects.filter(comment=comment).values_list(
            "number", flat=True
        )
        assert sorted(numbers) == list(range(1, len(numbers) + 1))


def test_many_workers_on_one_text() -> None:
    ann = cast.ann()
    text = build.text_of(build.comment(author=ann))
    results = at_once(*[lambda: screen(text.pk)] * 6)
    assert len([result for result in results if result is not None]) == 1
    assert Decision.objects.filter(revision=text).count() == 1


def test_one_form_sent_many_times() -> None:
    ben, article = cast.ben(), build.article()
    send = partial(post_comment, article, author=ben, body="Impatient.")
    assert len({comment.pk for comment in at_once(*[send] * 6)}) == 1
    assert Comment.objects.count() == 1


def test_two_edits_of_one_comment() -> None:
    comment = build.published(author=cast.ben())
    at_once(
        lambda: edit_comment(comment, body="One way."),
        lambda: edit_comment(comment, body="Another way."),
    )
    waiting = comment.revisions.waiting()
    assert waiting.count() == 1
    assert comment.revisions.count() == 3


def test_answering_oneself_while_a_moderator_decides() -> None:
    """Each refers to the other's row; on PostgreSQL that must not deadlock."""
    ben = cast.ben()
    by = Decider.moderator(cast.mia())
    reason = build.reason()
    for number in range(ROUNDS):
        parent = build.published(author=ben, body=f"Number {number}.")
        at_once(
            partial(remove_comment, parent, moderator=by.user, reason=reason),
            partial(
                post_comment, parent.article, author=ben, body="And.", parent=parent
            ),
        )
        assert build.fresh(parent).state == State.REMOVED


def test_two_reports_open_one_item() -> None:
    rosa, sam = build.reporter("Rosa"), build.reporter("Sam")
    for number in range(ROUNDS):
        comment = build.published(body=f"Number {number}.")
        at_once(
            partial(build.reported, comment, rosa, "harm"),
            partial(build.reported, comment, sam, "person"),
            partial(build.reported, comment, sam, "privacy"),
        )
        assert comment.reports.count() == 2
        item = QueueItem.objects.get(comment=comment)
        assert item.findings[0]["saw"]["count"] == 2


def test_a_report_while_a_moderator_leaves_it_up() -> None:
    mia, sam = cast.mia(), build.reporter("Sam")
    for number in range(ROUNDS):
        comment = build.published(body=f"Number {number}.")
        build.reported(comment)
        item = build.reported_item(comment)
        at_once(
            partial(build.answer, item, approves=True, by=mia),
            partial(build.reported, comment, sam, "harm"),
        )
        waiting = QueueItem.objects.waiting().filter(comment=comment)
        assert waiting.exists() == comment.reports.open().exists()


def test_two_beats_open_one_second_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("comments.actions.calibrating.is_chosen", lambda *_: True)
    cast.max_()
    with time_machine.travel(timezone.now() - timedelta(minutes=5)):
        for number in range(ROUNDS):
            item = build.held(body=f"Number {number}.")
            by = Decider.moderator(cast.mia())
            decide_item(item, version=1, to=State.PUBLISHED, by=by)
    assert sum(at_once(calibrate, calibrate)) == ROUNDS
    assert QueueItem.objects.waiting().count() == ROUNDS
