"""Several moderators at one moment, and a moderator and the mail."""

from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from comments.actions.claiming import claim, take_next
from comments.actions.deciding import Decider, StaleDecision, decide_item
from comments.actions.judging import judge_item
from comments.actions.undoing import CannotUndo, undo
from comments.actions.verdicts import Verdict
from comments.audit import audit
from comments.models import Decision, Notification, QueueItem
from comments.notifications import deliver
from comments.states import State
from ethicsforum.accounts.models import User
from tests import build, cast, queue
from tests.comments.actions.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


def test_six_moderators_take_twenty_of_a_hundred() -> None:
    people = [cast.mia(), cast.max_(), *(cast.member(f"Mod{n}") for n in range(4))]
    queue.many_held(100)
    taken = at_once(*[partial(take_next, person, n=20) for person in people])
    claimed = QueueItem.objects.filter(claimed_by__isnull=False)
    # Each row has one claimant, so batches that add up are disjoint.
    assert sum(taken) == claimed.count() == 100
    assert max(taken) == 20
    for person, number in zip(people, taken, strict=True):
        assert QueueItem.objects.claimed_by(person).count() == number


def test_two_claim_one_item() -> None:
    mia, max_ = cast.mia(), cast.max_()
    for number in range(ROUNDS):
        item = build.held(body=f"Number {number}.")
        won = at_once(*[partial(claim, item, moderator=who) for who in (mia, max_)])
        assert sorted(won) == [False, True]
        claimant = QueueItem.objects.get(pk=item.pk).claimant()
        assert claimant == (mia if won[0] else max_)


def test_fifty_verdicts_on_one_item_are_one_decision() -> None:
    people = [cast.mia(), cast.max_()]
    item = build.held()

    def judge(turn: int) -> Decision:
        row = QueueItem.objects.for_desk().get(pk=item.pk)
        verdict = Verdict(turn % 2 == 0, 1, build.reason())
        judged = judge_item(row, verdict, moderator=people[turn % 2])
        assert isinstance(judged, Decision)
        return judged

    results = at_once(*[partial(judge, turn) for turn in range(50)])
    done = [result for result in results if isinstance(result, Decision)]
    stale = [result for result in results if isinstance(result, StaleDecision)]
    assert (len(done), len(stale)) == (1, 49)
    assert {refusal.decision for refusal in stale} == {done[0]}
    assert Decision.objects.filter(comment=item.comment).count() == 2


def test_an_undo_and_a_worker_with_the_mail() -> None:
    """Either the mail went and the decision stands, or neither."""
    mia = cast.mia()
    for number in range(ROUNDS):
        mail.outbox.clear()
        item = build.held(body=f"Number {number}.")
        by = Decider.moderator(mia)
        decision = decide_item(item, version=1, to=State.PUBLISHED, by=by)
        notice = Notification.objects.get(decision=decision)
        Notification.objects.filter(pk=notice.pk).update(
            mail_due_at=timezone.now() - timedelta(seconds=1)
        )
        _undone, sent = at_once(
            partial(_try_to_undo, decision, mia), partial(deliver, notice.pk)
        )
        stands = build.fresh(item.comment).state == State.PUBLISHED
        assert stands == sent == (len(mail.outbox) == 1)
    assert list(audit()) == []


def _try_to_undo(decision: Decision, moderator: User) -> bool:
    try:
        undo(decision, moderator=moderator)
    except CannotUndo:
        return False
    return True


def test_two_undos_of_one_decision() -> None:
    mia = cast.mia()
    item = build.held()
    by = Decider.moderator(mia)
    decision = decide_item(item, version=1, to=State.PUBLISHED, by=by)
    both = at_once(*[partial(_try_to_undo, decision, mia)] * 2)
    assert sorted(both) == [False, True]
    assert decision.answers.count() == 1
    later = timezone.now() + timedelta(minutes=1)
    with time_machine.travel(later, tick=False):
        assert not Notification.objects.mail_due().exists()
