"""The beat's job: nothing that limits wrote stays longer than it is needed."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from ethicsforum.celery import app, forget
from ethicsforum.limits import rows
from ethicsforum.limits.models import Bucket, CacheEntry

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)


def test_what_is_over_goes_and_the_rest_stays() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        rows.spend({"drained": 3}, 60)
        entry("past", seconds=20)
        clock.shift(21)
        rows.spend({"fresh": 3}, 60)
        entry("kept", seconds=20)
        for _ in range(2):
            forget()
            assert [bucket.key for bucket in Bucket.objects.all()] == ["fresh"]
            assert [kept.cache_key for kept in CacheEntry.objects.all()] == ["kept"]


def test_the_beat_asks_for_it() -> None:
    assert app.conf.beat_schedule["forget"]["task"] == forget.name


def entry(name: str, *, seconds: int) -> None:
    expires = timezone.now() + dt.timedelta(seconds=seconds)
    CacheEntry.objects.create(cache_key=name, value="", expires=expires)
