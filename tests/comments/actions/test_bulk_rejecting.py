"""All that one author wrote, refused in the background: once each, whatever happens."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from comments import dispatch, tasks
from comments.actions import bulk_rejecting
from comments.actions.bulk_rejecting import (
    BATCH,
    WroteSince,
    newest_text,
    resend_stalled,
    run_batch,
    start,
    stop,
)
from comments.actions.deciding import Reason, ReasonMissing
from comments.actions.moderating import remove_comment
from comments.actions.posting import edit_comment, withdraw_comment
from comments.actions.sanctioning import NotSanctionable
from comments.models import BulkRejection, Comment, Decision, Notification
from comments.states import DeciderKind, State
from ethicsforum.accounts.models import User
from tests import build, cast
from tests.comments.actions.test_at_once import at_once

pytestmark = pytest.mark.django_db
Job = BulkRejection.State
DAY = timedelta(days=1)


def order(member: User | None = None, since: Any = None, **fields: Any) -> Any:
    member = member or cast.ben()
    since = since or timezone.now() - DAY
    fields = {
        "newest": newest_text(member, since),
        "moderator": cast.mia(),
        "reason": build.reason(),
        **fields,
    }
    return start(member, since=since, **fields)


def finish(job: BulkRejection) -> BulkRejection:
    while run_batch(job.pk):
        pass
    job.refresh_from_db()
    return job


def by_mia() -> Any:
    return Decision.objects.filter(decider=cast.mia())


def test_public_is_removed_and_waiting_rejected(ben: User, mia: User) -> None:
    public = build.published(body="Public.")
    held = build.held(body="Held.").comment
    screening = build.comment(body="In screening.")
    job = finish(order())
    assert build.fresh(public).state == State.REMOVED
    assert build.fresh(held).state == State.REJECTED
    assert build.fresh(screening).state == State.REJECTED
    assert (job.state, job.decided, job.skipped, job.total) == (Job.FINISHED, 3, 0, 3)
    assert job.percent == 100
    decisions = by_mia()
    assert {d.comment_id for d in decisions} == {public.pk, held.pk, screening.pk}
    for decision in decisions:
        assert decision.decider_kind == DeciderKind.MODERATOR
        assert (decision.rule, decision.explanation) == (
            build.rule(),
            "About the person.",
        )
        assert Notification.objects.filter(decision=decision, recipient=ben).exists()


def test_only_within_its_time_and_only_theirs() -> None:
    with time_machine.travel(timezone.now() - 2 * DAY):
        old = build.published(body="Two days old.")
    other = build.published(author=cast.cleo())
    build.published(body="Today.")
    job = order()
    later = build.published(body="After the order.")
    finish(job)
    for spared in (old, other, later):
        assert build.fresh(spared).state == State.PUBLISHED
    assert (job.total, by_mia().count()) == (1, 1)


def test_what_changed_meanwhile_is_left_alone(max_: User) -> None:
    withdrawn = build.published(body="Withdrawn.")
    removed = build.published(body="Removed by a colleague.")
    edited = build.held(body="To be edited.").comment
    build.published(body="Refused.")
    job = order()
    withdraw_comment(withdrawn)
    remove_comment(removed, moderator=max_, reason=build.reason())
    edit_comment(build.fresh(edited), body="A text that the moderator has not read.")
    job = finish(job)
    assert (job.decided, job.skipped, job.total) == (1, 3, 4)
    assert build.fresh(edited).state == State.SCREENING


def test_an_edit_that_waits_goes_with_its_comment() -> None:
    comment = build.published(body="Up.")
    edit_comment(comment, body="An edit.")
    finish(order())
    states = comment.revisions.order_by("number").values_list("state", flat=True)
    assert list(states) == [State.REMOVED, State.REJECTED]


@pytest.mark.parametrize("reason", [Reason(), Reason(explanation="No rule.")])
def test_it_needs_a_reason(reason: Reason) -> None:
    build.published()
    with pytest.raises(ReasonMissing):
        order(reason=reason)


def test_not_about_a_colleague_or_oneself(max_: User) -> None:
    for member in (max_, cast.mia()):
        with pytest.raises(NotSanctionable):
            order(member)
    assert not BulkRejection.objects.exists()


def test_what_the_moderator_has_not_seen_stops_the_order() -> None:
    build.published(body="Seen.")
    since = timezone.now() - DAY
    newest = newest_text(cast.ben(), since)
    build.published(body="Not seen.")
    with pytest.raises(WroteSince):
        order(since=since, newest=newest)
    assert not BulkRejection.objects.exists()


def test_ordered_twice_is_one_job() -> None:
    build.published()
    first = order()
    assert order() == first
    finish(first)
    assert order() != first


# --- Batches, and what goes wrong between them ---------------------------


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """What goes to the broker."""
    seen: list[tuple[str, int]] = []

    def send(task: str, pk: int, *, after: float = 0) -> bool:
        seen.append((task, pk))
        return True

    monkeypatch.setattr("ethicsforum.dispatch.send", send)
    return seen


@pytest.fixture
def three_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_rejecting, "BATCH", 3)


def many(count: int) -> None:
    for number in range(count):
        build.published(body=f"Number {number}.")


def test_one_batch_after_the_other(
    three_at_a_time: None,
    sent: list[Any],
    django_capture_on_commit_callbacks: Any,
) -> None:
    many(7)
    with django_capture_on_commit_callbacks(execute=True):
        job = order()
    assert sent == [(dispatch.BULK, job.pk)]
    for decided, state in [(3, Job.RUNNING), (6, Job.RUNNING), (7, Job.FINISHED)]:
        with django_capture_on_commit_callbacks(execute=True):
            tasks.bulk(job.pk)
        job.refresh_from_db()
        assert (job.decided, job.state) == (decided, state)
    assert sent.count((dispatch.BULK, job.pk)) == 3


def test_a_batch_has_a_fixed_cost_per_comment(
    django_assert_max_num_queries: Any,
) -> None:
    many(BATCH)
    job = order()
    with django_assert_max_num_queries(10 + 24 * BATCH):
        run_batch(job.pk)


def test_killed_in_the_middle_and_delivered_again(
    three_at_a_time: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(5)
    job = order()
    refuse = bulk_rejecting._refuse

    def dies(job: BulkRejection, comment_id: int) -> bool:
        done = refuse(job, comment_id)
        if by_mia().count() == 2:
            raise SystemExit
        return done

    with monkeypatch.context() as patched, pytest.raises(SystemExit):
        patched.setattr(bulk_rejecting, "_refuse", dies)
        run_batch(job.pk)
    job.refresh_from_db()
    # The second comment's decision went back with its step.
    assert (job.decided, by_mia().count()) == (1, 1)
    job = finish(job)
    assert (job.decided, job.skipped, by_mia().count()) == (5, 0, 5)


def test_from_a_stale_cursor_nothing_is_decided() -> None:
    many(2)
    job = order()
    stale = BulkRejection.objects.get(pk=job.pk)
    first, second = Comment.objects.order_by("pk").values_list("pk", flat=True)
    assert bulk_rejecting._step(job, first)
    assert not bulk_rejecting._step(stale, first)
    assert not bulk_rejecting._step(stale, second)
    assert by_mia().count() == 1


def test_delivered_after_its_end_does_nothing() -> None:
    many(2)
    job = finish(order())
    before = (job.touched_at, by_mia().count())
    tasks.bulk(job.pk)
    job.refresh_from_db()
    assert (job.touched_at, by_mia().count()) == before
    assert run_batch(10**12) is None


def test_stopped(three_at_a_time: None) -> None:
    many(5)
    job = order()
    run_batch(job.pk)
    assert stop(job)
    job = finish(job)
    assert (job.state, job.decided, by_mia().count()) == (Job.STOPPED, 3, 3)
    assert not stop(job)


def test_stopped_between_two_comments() -> None:
    many(2)
    job = order()
    stop(BulkRejection.objects.get(pk=job.pk))
    assert not bulk_rejecting._step(job, Comment.objects.earliest("pk").pk)
    assert not by_mia().exists()


def test_it_ends_with_its_moderators_right(mia: User) -> None:
    many(2)
    job = order()
    mia.groups.clear()
    job = finish(job)
    assert (job.state, by_mia().count()) == (Job.STOPPED, 0)


def test_who_has_left_is_not_everybody_who_has_left() -> None:
    gone = build.published(author=cast.cleo(), body="By somebody else who left.")
    many(2)
    job = order()
    Notification.objects.all().delete()
    cast.cleo().delete()
    cast.ben().delete()
    job = finish(job)
    assert (job.state, by_mia().count()) == (Job.STOPPED, 0)
    assert build.fresh(gone).state == State.PUBLISHED


def test_the_sweep_sends_what_has_not_moved(sent: list[Any]) -> None:
    many(1)
    job = order()
    assert resend_stalled() == 0
    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        tasks.sweep()
        assert (dispatch.BULK, job.pk) in sent
        assert resend_stalled() == 0
    stop(job)
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        assert resend_stalled() == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once() -> None:
    many(6)
    job = order()
    at_once(*[partial(run_batch, job.pk)] * 4)
    job = finish(job)
    assert (job.decided, job.skipped, job.state) == (6, 0, Job.FINISHED)
    assert by_mia().count() == 6


@pytest.mark.django_db(transaction=True)
def test_a_colleague_who_decides_at_the_same_moment(max_: User) -> None:
    many(6)
    job = order()
    reason = build.reason()
    last = Comment.objects.latest("pk")
    at_once(
        partial(run_batch, job.pk),
        partial(remove_comment, last, moderator=max_, reason=reason),
    )
    job = finish(job)
    assert job.decided + job.skipped == 6
    assert Decision.objects.filter(to_state=State.REMOVED).count() == 6
