"""Leaving: asked for, open to second thoughts, then carried out in small steps."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from comments.models import Comment, Vote
from ethicsforum.accounts.models import User
from ethicsforum.accounts.privacy.actions import leaving
from ethicsforum.accounts.privacy.actions.leaving import (
    CARRY_OUT,
    MAIL,
    CannotLeave,
    ask_deletion,
    carry_out,
    change_mind,
    deliver,
    resend,
)
from ethicsforum.accounts.privacy.models import LOST, Deletion
from ethicsforum.page_cache.telling import EVERYTHING
from tests import build, cast

pytestmark = pytest.mark.django_db
KEEP, WITHDRAW = Deletion.Comments.KEEP, Deletion.Comments.WITHDRAW
AT_ONCE = timedelta()


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    nudges: list[tuple[str, int]] = []

    def note(task: str, pk: int, *, after: float = 0) -> bool:
        nudges.append((task, pk))
        return True

    monkeypatch.setattr("ethicsforum.dispatch.send", note)
    return nudges


def test_it_is_a_day_before_anything_happens(ben: User) -> None:
    deletion = ask_deletion(ben, comments=KEEP)
    assert deletion.due_at - deletion.asked_at == pytest.approx(
        timedelta(days=1), abs=timedelta(seconds=1)
    )
    assert carry_out(deletion.pk) is False
    assert User.objects.get(pk=ben.pk).is_active


def test_whoever_asks_twice_changes_the_choice_and_not_the_hour(ben: User) -> None:
    first = ask_deletion(ben, comments=KEEP)
    again = ask_deletion(ben, comments=WITHDRAW)
    assert again == first
    [row] = Deletion.objects.all()
    assert (row.comments, row.due_at) == (WITHDRAW, first.due_at)


def test_one_mail_tells_of_it_with_the_way_back(
    ben: User, sent: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        deletion = ask_deletion(ben, comments=KEEP)
    assert sent == [(MAIL, deletion.pk)]
    assert deliver(deletion.pk)
    assert not deliver(deletion.pk)
    [told] = mail.outbox
    assert told.to == ["ben@example.org"]
    assert "/accounts/privacy/keep/" in str(told.body)
    assert "‘former member’" in str(told.body)


def test_a_mail_that_comes_too_late_does_not_go(ben: User) -> None:
    deletion = ask_deletion(ben, comments=KEEP)
    Deletion.objects.update(started_at=timezone.now())
    deliver(deletion.pk)
    assert mail.outbox == []


def test_a_change_of_mind_leaves_everything_as_it_was(ben: User) -> None:
    made = build.published(author=ben)
    deletion = ask_deletion(ben, comments=WITHDRAW)
    assert change_mind(deletion.pk)
    assert not change_mind(deletion.pk)
    assert not Deletion.objects.exists()
    assert carry_out(deletion.pk) is False
    assert build.fresh(made).author == ben


def test_once_begun_it_is_too_late(ben: User) -> None:
    deletion = ask_deletion(ben, comments=KEEP, after=AT_ONCE)
    Deletion.objects.update(started_at=timezone.now())
    assert not change_mind(deletion.pk)
    assert Deletion.objects.exists()


def test_the_sweep_sends_what_is_due_and_nothing_else(
    ben: User, sent: list[Any]
) -> None:
    deletion = ask_deletion(ben, comments=KEEP)
    Deletion.objects.update(mailed_at=timezone.now())
    assert resend() == 0
    Deletion.objects.update(due_at=timezone.now())
    assert resend() == 1
    assert sent == [(CARRY_OUT, deletion.pk)]


def test_a_worker_that_died_is_followed_by_another(ben: User, sent: list[Any]) -> None:
    deletion = ask_deletion(ben, comments=KEEP, after=AT_ONCE)
    now = timezone.now()
    Deletion.objects.update(started_at=now, touched_at=now, mailed_at=now)
    assert resend() == 0
    Deletion.objects.update(touched_at=now - LOST)
    assert resend() == 1
    assert carry_out(deletion.pk)


def test_it_goes_on_in_small_steps(
    ben: User,
    sent: list[Any],
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    monkeypatch.setattr(leaving, "MOST_BATCHES", 1)
    for number in range(3):
        build.published(author=ben, body=f"Number {number}.")
    deletion = ask_deletion(ben, comments=KEEP, after=AT_ONCE)
    with django_capture_on_commit_callbacks(execute=True):
        assert carry_out(deletion.pk) is False
    assert sent[-1] == (CARRY_OUT, deletion.pk)
    for _task in range(20):
        if carry_out(deletion.pk):
            break
    assert not User.objects.filter(pk=ben.pk).exists()
    assert Comment.objects.filter(author=None).count() == 3


def test_no_page_is_remembered_with_the_name(
    ben: User,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    told: list[str] = []

    def note(*keys: str) -> bool:
        told.extend(keys)
        return True

    monkeypatch.setattr("ethicsforum.page_cache.telling.tell", note)
    deletion = ask_deletion(ben, comments=KEEP, after=AT_ONCE)
    with django_capture_on_commit_callbacks(execute=True):
        carry_out(deletion.pk)
    assert EVERYTHING in told


def test_a_task_that_comes_again_afterwards_does_nothing(ben: User) -> None:
    deletion = ask_deletion(ben, comments=KEEP, after=AT_ONCE)
    assert carry_out(deletion.pk)
    assert carry_out(deletion.pk) is False


def test_nobody_is_signed_in_once_it_has_begun(
    ben: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client()
    client.force_login(ben)
    deletion = ask_deletion(ben, comments=KEEP, after=AT_ONCE)
    assert client.get("/accounts/privacy/").status_code == 200
    monkeypatch.setattr(leaving, "MOST_BATCHES", 0)
    carry_out(deletion.pk)
    assert client.get("/accounts/privacy/").status_code == 302
    assert User.objects.filter(pk=ben.pk).exists()


def test_what_comes_in_at_the_last_moment_goes_too(
    ben: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the last batch and the end somebody's request was still under way."""
    made = build.published(author=cast.cleo())
    deletion = ask_deletion(ben, comments=KEEP, after=AT_ONCE)
    erase = leaving._erase_some
    asked = []

    def vote_meanwhile(deletion: Deletion) -> int:
        count = erase(deletion)
        asked.append(count)
        if not count and len(asked) < 20 and not Vote.objects.exists():
            asked.extend([0] * 20)
            Vote.objects.create(member=ben, comment=made, value=1)
            Comment.objects.filter(pk=made.pk).update(value_up=1)
        return count

    monkeypatch.setattr(leaving, "_erase_some", vote_meanwhile)
    assert carry_out(deletion.pk) is False
    assert User.objects.filter(pk=ben.pk).exists()
    assert carry_out(deletion.pk)
    assert build.fresh(made).value_up == 0


def test_the_last_who_may_do_everything_cannot_leave() -> None:
    root = cast.root()
    with pytest.raises(CannotLeave) as refused:
        ask_deletion(root, comments=KEEP)
    assert "superuser" in refused.value.reason
    other = cast.member("Other", is_staff=True, is_superuser=True)
    assert ask_deletion(other, comments=KEEP)
