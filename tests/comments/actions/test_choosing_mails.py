"""Choose mails: what holds from now on, and what becomes of what waits."""

import pytest

from comments.actions.choosing_mails import choose_mails, switch_off
from comments.mailing.choices import CHOICES
from comments.models import Delivery, MailChoice, Notification
from ethicsforum.accounts.models import User
from tests import build, cast, news

pytestmark = pytest.mark.django_db


def chosen(member: User) -> list[str]:
    row = MailChoice.objects.get(member=member)
    return [getattr(row, choice) for choice in CHOICES]


def test_the_first_choice_leaves_the_others_as_they_are(ben: User) -> None:
    choose_mails(ben, replies=Delivery.WEEKLY)
    assert chosen(ben) == ["weekly", "at-once", "daily", "at-once"]
    choose_mails(ben, followed=Delivery.NEVER)
    assert chosen(ben) == ["weekly", "at-once", "never", "at-once"]


def test_what_waits_is_not_mailed_when_it_is_not_wanted(ben: User) -> None:
    news.follow(ben, article=build.article())
    news.answered(ben)
    news.announced(author=cast.cleo(), body="Another.")
    build.rejected(author=ben)
    choose_mails(ben, replies=Delivery.NEVER, followed=Delivery.NEVER)
    waiting = Notification.objects.of(ben).values_list("kind", "delivery")
    assert dict(waiting) == {
        "reply": "never",
        "followed": "never",
        "rejected": "at-once",
    }
    assert not Notification.objects.filter(news__isnull=False).mail_due().exists()


def test_other_people_keep_theirs(ben: User) -> None:
    news.answered(cast.member("Dora"))
    choose_mails(ben, replies=Delivery.NEVER)
    assert Notification.objects.mail_due().count() == 1


@pytest.mark.parametrize("choice", CHOICES)
def test_switched_off_twice_is_switched_off_once(choice: str, ben: User) -> None:
    for _ in range(2):
        switch_off(ben, choice)
    row = MailChoice.objects.get(member=ben)
    assert getattr(row, choice) == Delivery.NEVER
    assert chosen(ben).count("never") == 1


def test_to_switch_a_digest_off_takes_all_that_came_with_it(ben: User) -> None:
    choose_mails(ben, replies=Delivery.DAILY, mentions=Delivery.WEEKLY)
    news.answered(ben)
    for _ in range(2):
        switch_off(ben, Delivery.DAILY)
    assert chosen(ben) == ["never", "weekly", "never", "at-once"]
    assert Notification.objects.get(recipient=ben).delivery == Delivery.NEVER
