"""Snooze, wake, escalate, note."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from comments.actions.claiming import claim
from comments.actions.noting import escalate, note_on_member
from comments.actions.snoozing import Nap, end_of, snooze, wake
from comments.models import Note, QueueItem
from comments.priority import Severity
from ethicsforum.accounts.models import User
from tests import build

pytestmark = pytest.mark.django_db
ROME = ZoneInfo("Europe/Rome")


@pytest.mark.parametrize(
    ("nap", "hours"), [(Nap.HOUR, 1), (Nap.FOUR_HOURS, 4), (Nap.THREE_DAYS, 72)]
)
def test_lengths(nap: Nap, hours: int) -> None:
    now = timezone.now()
    assert end_of(nap, now) - now == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("now", "wakes"),
    [
        ("2026-06-01T23:30", "2026-06-02T08:00"),
        ("2026-06-02T00:30", "2026-06-03T08:00"),
        ("2026-03-28T12:00", "2026-03-29T08:00"),  # the clocks change in that night
    ],
)
def test_tomorrow_is_eight_by_the_local_clock(now: str, wakes: str) -> None:
    with timezone.override(ROME):
        moment = datetime.fromisoformat(now).replace(tzinfo=ROME)
        expected = datetime.fromisoformat(wakes).replace(tzinfo=ROME)
        assert end_of(Nap.TOMORROW, moment) == expected


def test_what_sleeps_is_nobodys_and_wakes_at_its_old_place(mia: User) -> None:
    item = build.held()
    claim(item, moderator=mia)
    assert snooze(item, Nap.HOUR, moderator=mia)
    asleep = QueueItem.objects.get(pk=item.pk)
    assert asleep.claimed_by is None
    assert not QueueItem.objects.waiting().awake().exists()
    assert wake(item)
    awake = QueueItem.objects.waiting().awake().get()
    assert awake.due_at == item.due_at


def test_neither_a_closed_item_nor_a_colleagues_is_put_to_sleep(
    mia: User, max_: User
) -> None:
    closed = QueueItem.objects.get(closing_decision=build.rejected())
    assert snooze(closed, Nap.HOUR, moderator=mia) is None
    assert not wake(closed)
    claimed = build.held(body="Another.")
    claim(claimed, moderator=max_)
    assert snooze(claimed, Nap.HOUR, moderator=mia) is None


def test_escalating_puts_it_first_with_a_note(mia: User) -> None:
    build.held(body="Came first.")
    item = build.held(body="Came second.")
    snooze(item, Nap.HOUR, moderator=mia)
    assert escalate(item, "A threat?", moderator=mia)
    first = QueueItem.objects.waiting().awake().in_line()[0]
    assert first == item
    assert (first.severity, first.escalated_by) == (Severity.URGENT, mia)
    assert Note.objects.get(comment=item.comment).text == "A threat?"


def test_escalating_twice_keeps_the_first_and_every_note_once(
    mia: User, max_: User
) -> None:
    item = build.held()
    escalate(item, "A threat?", moderator=mia)
    escalate(item, "A threat?", moderator=mia)
    escalate(item, "I think so too.", moderator=max_)
    assert QueueItem.objects.get(pk=item.pk).escalated_by == mia
    assert Note.objects.count() == 2


def test_what_is_decided_is_not_escalated(mia: User) -> None:
    closed = QueueItem.objects.get(closing_decision=build.rejected())
    assert not escalate(closed, "Late.", moderator=mia)
    assert not Note.objects.exists()


def test_a_note_on_the_author_is_kept_once(mia: User, ben: User) -> None:
    for _time in range(2):
        note_on_member(ben, "Writes in a hurry.", moderator=mia)
    assert Note.objects.get().member == ben
