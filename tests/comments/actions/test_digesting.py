"""Digests: one a member, period and day, with what was not read; when they are due."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from comments import dispatch
from comments.actions import digesting
from comments.actions.digesting import last_due, make_digests
from comments.actions.following import mute
from comments.actions.posting import withdraw_comment
from comments.models import Delivery, Digest, Notification
from comments.notifications import deliver_digest, resend_unclaimed
from ethicsforum.accounts.models import User
from tests import build, cast, news

pytestmark = pytest.mark.django_db

SUNDAY = datetime(2026, 11, 22, 12, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 6, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def six_o_clock(db: None, settings: Any) -> None:
    settings.DIGEST_HOUR = 6
    settings.SITE_URL = "https://forum.example"
    with time_machine.travel(SUNDAY - timedelta(days=6), tick=False):
        build.article()


def heard(member: User, **fields: Any) -> Notification:
    """A notice of Sunday's, about a new comment of Cleo's in what is followed."""
    with time_machine.travel(SUNDAY, tick=False):
        if not member.follows.exists():
            news.follow(member, article=build.article())
        comment = news.announced(author=cast.cleo(), **fields)
    return Notification.objects.get(recipient=member, news=comment)


def digests_at(moment: datetime) -> int:
    with time_machine.travel(moment, tick=False):
        return make_digests()


def mailed(moment: datetime = MONDAY) -> EmailMultiAlternatives:
    """The mail of the only digest."""
    with time_machine.travel(moment + timedelta(seconds=1), tick=False):
        assert deliver_digest(Digest.objects.get().pk)
    (sent,) = mail.outbox
    assert isinstance(sent, EmailMultiAlternatives)
    return sent


# --- When -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "now", "due"),
    [
        (Delivery.DAILY, "2026-11-25T05:59", "2026-11-24T06:00"),
        (Delivery.DAILY, "2026-11-25T06:00", "2026-11-25T06:00"),
        (Delivery.WEEKLY, "2026-11-23T05:59", "2026-11-16T06:00"),
        (Delivery.WEEKLY, "2026-11-23T06:00", "2026-11-23T06:00"),
        (Delivery.WEEKLY, "2026-11-29T23:00", "2026-11-23T06:00"),
    ],
)
def test_when_a_digest_was_due(period: str, now: str, due: str) -> None:
    moment = datetime.fromisoformat(f"{now}+00:00")
    assert last_due(period, moment) == datetime.fromisoformat(f"{due}+00:00")


def test_the_hour_is_the_sites_own(settings: Any) -> None:
    settings.TIME_ZONE = "Asia/Tokyo"
    with timezone.override("Asia/Tokyo"):
        due = last_due(Delivery.DAILY, datetime(2026, 11, 24, 21, 30, tzinfo=UTC))
    assert due == datetime(2026, 11, 24, 21, tzinfo=UTC)


def test_before_its_hour_nothing_goes(ben: User) -> None:
    heard(ben)
    assert digests_at(MONDAY - timedelta(minutes=3)) == 0
    assert digests_at(MONDAY) == 1


def test_a_beat_that_comes_late_makes_up_for_it(ben: User) -> None:
    heard(ben)
    assert digests_at(MONDAY + timedelta(hours=17)) == 1


def test_the_weekly_one_waits_for_monday(ben: User) -> None:
    news.choose(ben, followed=Delivery.WEEKLY)
    with time_machine.travel(SUNDAY - timedelta(days=5), tick=False):
        news.follow(ben, article=build.article())
        news.announced(author=cast.cleo())
    assert digests_at(SUNDAY) == 0
    assert digests_at(MONDAY) == 1
    assert Digest.objects.get().period == Delivery.WEEKLY


# --- Once -----------------------------------------------------------------------


def test_the_second_beat_changes_nothing(ben: User) -> None:
    heard(ben)
    assert digests_at(MONDAY) == 1
    assert digests_at(MONDAY) == 0
    assert digests_at(MONDAY + timedelta(hours=1)) == 0
    assert Notification.objects.get().digest == Digest.objects.get()


def test_what_comes_later_waits_for_the_next_day(ben: User) -> None:
    heard(ben)
    digests_at(MONDAY)
    with time_machine.travel(MONDAY + timedelta(hours=1), tick=False):
        later = news.announced(author=cast.cleo(), body="Later.")
    assert digests_at(MONDAY + timedelta(hours=3)) == 0
    assert digests_at(MONDAY + timedelta(days=1)) == 1
    digest = Digest.objects.order_by("pk").last()
    assert Notification.objects.get(digest=digest).news == later


def test_it_is_mailed_once(ben: User) -> None:
    heard(ben)
    digests_at(MONDAY)
    mailed()
    assert not deliver_digest(Digest.objects.get().pk)
    assert len(mail.outbox) == 1


def test_another_beat_in_the_middle_is_left_to_it(
    ben: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard(ben)
    members = digesting._without_digest

    def both_look(period: str, due: datetime) -> list[int]:
        found = members(period, due)
        if found:
            Digest.objects.create(recipient_id=found[0], period=period, day=due.date())
        return found

    monkeypatch.setattr(digesting, "_without_digest", both_look)
    assert digests_at(MONDAY) == 0
    assert Digest.objects.count() == 1


def test_many_members_cost_a_few_queries(django_assert_num_queries: Any) -> None:
    for number in range(12):
        news.follow(cast.member(f"Reader{number}"), article=build.article())
    heard(cast.ben())
    with time_machine.travel(MONDAY, tick=False), django_assert_num_queries(7):
        assert make_digests() == 13
    assert not Notification.objects.filter(digest=None).exists()


def test_more_than_a_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digesting, "BATCH", 2)
    for number in range(4):
        news.follow(cast.member(f"Reader{number}"), article=build.article())
    heard(cast.ben())
    assert digests_at(MONDAY) == 5


def test_the_sweep_finds_a_digest_that_no_worker_took(
    ben: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[tuple[str, int]] = []

    def note(task: str, pk: int) -> bool:
        sent.append((task, pk))
        return True

    monkeypatch.setattr("ethicsforum.dispatch.send", note)
    heard(ben)
    digests_at(MONDAY)
    with time_machine.travel(MONDAY + timedelta(minutes=1), tick=False):
        assert resend_unclaimed() == 1
        assert resend_unclaimed() == 0
    assert sent == [(dispatch.DELIVER_DIGEST, Digest.objects.get().pk)]


# --- What is in it ----------------------------------------------------------------


def test_text_and_html_with_links(ben: User) -> None:
    first = heard(ben, body="Some *words* & <more>.")
    news.choose(ben, decisions=Delivery.DAILY)
    with time_machine.travel(SUNDAY, tick=False):
        decision = build.rejected(author=ben)
    digests_at(MONDAY)
    sent = mailed()
    assert sent.to == [ben.email]
    assert "2 notices" in sent.subject
    html = str(sent.alternatives[0][0])
    for body in (str(sent.body), html):
        assert "New by Cleo: Who decides who waits?" in body
        assert f"https://forum.example/comments/{first.news_id}/" in body
        assert f"https://forum.example/decisions/{decision.pk}/" in body
    assert "Some words & <more>." in sent.body
    assert "<more>" not in html
    assert sent.message()["Message-ID"].startswith("<digest-")


def test_what_was_read_is_left_out(ben: User) -> None:
    read, unread = heard(ben, body="Read."), heard(ben, body="Not read.")
    Notification.objects.filter(pk=read.pk).update(read_at=timezone.now())
    digests_at(MONDAY)
    assert not Notification.objects.filter(pk=read.pk, digest__isnull=False).exists()
    assert f"/comments/{unread.news_id}/" in mailed().body
    assert f"/comments/{read.news_id}/" not in mail.outbox[0].body


@pytest.mark.parametrize("what", ["person", "article"])
def test_what_was_muted_since_is_left_out(ben: User, what: str) -> None:
    with time_machine.travel(SUNDAY, tick=False):
        elsewhere = build.article("elsewhere", title="Elsewhere")
        news.follow(ben, article=elsewhere)
        news.follow(ben, article=build.article())
        news.announced(author=cast.mia(), under=elsewhere, body="Still wanted.")
    heard(ben, body="Not wanted any more.")
    thing = {"person": cast.cleo(), "article": build.article()}[what]
    digests_at(MONDAY)
    mute(thing, member=ben)
    body = mailed().body
    assert "Still wanted." in body
    assert "Not wanted any more." not in body


def test_nothing_left_is_no_mail(ben: User) -> None:
    notice = heard(ben)
    digests_at(MONDAY)
    assert notice.news is not None
    withdraw_comment(notice.news)
    with time_machine.travel(MONDAY + timedelta(seconds=1), tick=False):
        assert deliver_digest(Digest.objects.get().pk)
    assert mail.outbox == []


def test_nobody_gets_an_empty_one(ben: User) -> None:
    notice = heard(ben)
    Notification.objects.filter(pk=notice.pk).update(read_at=timezone.now())
    assert digests_at(MONDAY) == 0


def test_of_very_many_it_names_the_first_and_counts_the_rest(
    ben: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("comments.mailing.mails.MOST_IN_DIGEST", 2)
    for number in range(5):
        heard(ben, body=f"Number {number}.")
    digests_at(MONDAY)
    sent = mailed()
    assert "5 notices" in sent.subject
    assert "Number 1." in sent.body
    assert "Number 2." not in sent.body
    assert "And 3 more." in sent.body


def test_the_cost_is_the_same_for_many_notices(
    ben: User, django_assert_num_queries: Any
) -> None:
    for number in range(8):
        heard(ben, body=f"Number {number}.")
    digests_at(MONDAY)
    digest = Digest.objects.get()
    with (
        time_machine.travel(MONDAY + timedelta(seconds=1), tick=False),
        django_assert_num_queries(5),
    ):
        deliver_digest(digest.pk)
