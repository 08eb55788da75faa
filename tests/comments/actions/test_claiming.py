"""Claims: a lease that ends by itself."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from comments.actions.claiming import claim, release, renew, take_next
from comments.models import QueueItem
from ethicsforum.accounts.models import User
from tests import build, queue

pytestmark = pytest.mark.django_db


def after(minutes: float) -> Any:
    return time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False)


def fresh(item: QueueItem) -> QueueItem:
    return QueueItem.objects.get(pk=item.pk)


def test_a_claim_keeps_colleagues_away_until_it_ends(
    mia: User, max_: User, settings: Any
) -> None:
    settings.CLAIM_MINUTES = 10
    item = build.held()
    assert claim(item, moderator=mia)
    with after(9.9):
        assert not claim(item, moderator=max_)
    with after(10.1):
        assert claim(item, moderator=max_)
        assert fresh(item).claimant() == max_


def test_a_claim_leaves_the_version_alone(mia: User) -> None:
    item = build.held()
    claim(item, moderator=mia)
    assert fresh(item).version == item.version


def test_renewing_prolongs_only_a_running_claim_of_ones_own(
    mia: User, max_: User
) -> None:
    item = build.held()
    claim(item, moderator=mia)
    assert not renew(item, moderator=max_)
    with after(5):
        assert renew(item, moderator=mia)
    with after(14):
        assert fresh(item).claimant() == mia
    with after(16):
        assert not renew(item, moderator=mia)


def test_only_its_owner_releases_a_claim(mia: User, max_: User) -> None:
    item = build.held()
    claim(item, moderator=mia)
    assert not release(item, moderator=max_)
    assert release(item, moderator=mia)
    assert fresh(item).claimed_by is None


def test_what_is_decided_is_not_claimed(mia: User) -> None:
    decision = build.rejected()
    item = QueueItem.objects.get(closing_decision=decision)
    assert not claim(item, moderator=mia)


def test_the_next_are_taken_in_line_and_only_what_is_free(
    mia: User, max_: User
) -> None:
    items = [build.held(body=f"Number {number}.") for number in range(4)]
    claim(items[0], moderator=max_)
    later = timezone.now() + timedelta(hours=1)
    QueueItem.objects.filter(pk=items[1].pk).update(snoozed_until=later)
    queue.second_look(mia)
    queue.reported()
    assert take_next(mia, n=1) == 1
    assert list(QueueItem.objects.claimed_by(mia)) == [items[2]]
    assert take_next(mia, n=20) == 1


def test_a_batch_is_filled_up_and_not_doubled(mia: User) -> None:
    for number in range(5):
        build.held(body=f"Number {number}.")
    assert take_next(mia, n=3) == 3
    assert take_next(mia, n=3) == 0
    assert QueueItem.objects.claimed_by(mia).count() == 3


def test_reports_are_taken_from_their_own_line(mia: User) -> None:
    item = queue.reported()
    build.held()
    assert take_next(mia, kind=QueueItem.Kind.REPORTED) == 1
    assert QueueItem.objects.claimed_by(mia).get() == item
