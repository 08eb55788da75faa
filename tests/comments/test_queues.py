"""What follows what at the desk."""

from datetime import timedelta

import pytest
from django.utils import timezone

from comments.actions.claiming import claim
from comments.models import QueueItem
from comments.queues import following
from ethicsforum.accounts.models import User
from tests import build, queue

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(db: None) -> list[QueueItem]:
    return [build.held(body=f"Number {number}.") for number in range(3)]


def test_the_next_in_line_and_after_the_last_the_first(
    line: list[QueueItem], mia: User
) -> None:
    first, second, third = line
    assert following(first, mia) == second.pk
    assert following(third, mia) == first.pk


def test_nothing_follows_the_only_one(mia: User) -> None:
    assert following(build.held(), mia) is None


def test_what_is_due_earlier_does_not_follow(line: list[QueueItem], mia: User) -> None:
    first, second, third = line
    early = timezone.now() - timedelta(days=1)
    QueueItem.objects.filter(pk=third.pk).update(due_at=early)
    assert following(third, mia) == first.pk
    assert following(second, mia) == third.pk


def test_not_what_sleeps_nor_what_a_colleague_has(
    line: list[QueueItem], mia: User, max_: User
) -> None:
    first, second, third = line
    claim(second, moderator=max_)
    assert following(first, mia) == third.pk
    later = timezone.now() + timedelta(hours=1)
    QueueItem.objects.filter(pk=third.pk).update(snoozed_until=later)
    assert following(first, mia) is None


def test_ones_own_claims_come_first(line: list[QueueItem], mia: User) -> None:
    first, _second, third = line
    claim(third, moderator=mia)
    assert following(first, mia) == third.pk


def test_only_the_same_line(line: list[QueueItem], mia: User) -> None:
    assert following(queue.reported(), mia) is None


def test_not_ones_own_decision_again(mia: User, max_: User) -> None:
    item = build.held(body="Another text.")
    look = queue.second_look(mia)
    assert following(item, mia) is None
    assert following(item, max_) == look.pk
