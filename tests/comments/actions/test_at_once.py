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

from comments.actions.calibrating import calibrate
from comments.actions.deciding import Decider, StaleDecision, decide_item
from comments.actions.moderating import remove_comment
from comments.actions.posting import edit_comment, post_comment, withdraw_comment
from comments.actions.screening import screen
from comments.models import Comment, Decision, QueueItem
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
        except StaleDecision as stale:
            return stale
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


def test_two_moderators_on_one_item() -> None:
    mia, max_ = Decider.moderator(cast.mia()), Decider.moderator(cast.max_())
    reason = build.reason()
    for number in range(ROUNDS):
        item = build.held(body=f"Number {number}.")

        def approve(item: QueueItem = item) -> Decision:
            return decide_item(item, version=1, to=State.PUBLISHED, by=mia)

        def reject(item: QueueItem = item) -> Decision:
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
