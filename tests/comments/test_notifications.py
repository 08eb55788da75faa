"""Word to the author: what the mail says, and that it goes out once."""

from datetime import timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends import locmem
from django.utils import timezone

from comments.models import Notification
from comments.notifications import deliver, resend_unclaimed
from ethicsforum.accounts.models import User
from ethicsforum.outbox import MAIL_TRIES, UNCLAIMED, pause_after
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_can_be_undone(settings: Any) -> None:
    """Mail is due at once."""
    settings.UNDO_SECONDS = 0


@pytest.fixture
def notice(ben: User) -> Notification:
    build.rejected(author=ben, body="Some *words* & <more>.")
    return Notification.objects.get()


def html(message: EmailMessage) -> str:
    assert isinstance(message, EmailMultiAlternatives)
    content, _mimetype = message.alternatives[0]
    return str(content)


def test_the_mail_has_rule_explanation_text_and_links(
    notice: Notification, ben: User, settings: Any
) -> None:
    settings.SITE_URL = "https://forum.example"
    assert deliver(notice.pk)
    sent = mail.outbox[0]
    assert sent.to == [ben.email]
    assert "not published" in sent.subject
    assert "Who decides who waits?" in sent.subject
    for part in (sent.body, html(sent)):
        assert "Argue with the claim, not with the person" in part
        assert "About the person." in part
        assert f"https://forum.example/decisions/{notice.decision_id}/" in part
        assert "https://forum.example/rules/#rule-person" in part
    assert "Some words & <more>." in sent.body
    assert "<more>" not in html(sent)
    assert sent.message()["Message-ID"] == f"<notice-{notice.pk}@forum.example>"


def test_a_hostile_title_stays_in_the_subject(ben: User) -> None:
    title = "Evil\r\nBcc: all@example.org"
    under = build.article("evil", title=title)
    build.rejected(author=ben, under=under)
    deliver(Notification.objects.get().pk)
    message = mail.outbox[0].message()
    assert message["Bcc"] is None
    assert "Evil Bcc: all@example.org" in mail.outbox[0].subject


def test_the_second_delivery_sends_nothing(notice: Notification) -> None:
    assert deliver(notice.pk)
    assert not deliver(notice.pk)
    assert len(mail.outbox) == 1


def test_while_one_worker_is_at_it_another_stays_away(notice: Notification) -> None:
    later = timezone.now() + pause_after(0)
    Notification.objects.update(mail_due_at=later, mail_tries=1)
    assert not deliver(notice.pk)


def test_a_worker_that_died_is_replaced_after_its_lease(notice: Notification) -> None:
    past = timezone.now() - timedelta(seconds=1)
    Notification.objects.update(mail_due_at=past, mail_tries=1)
    assert deliver(notice.pk)


def test_after_very_many_tries_it_rests(notice: Notification) -> None:
    Notification.objects.update(mail_tries=MAIL_TRIES)
    assert not deliver(notice.pk)
    assert not Notification.objects.mail_due().exists()


def test_a_mail_server_that_fails_leaves_the_notice_due(
    notice: Notification, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: Any, **kwargs: Any) -> int:
        raise OSError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    with pytest.raises(OSError):
        deliver(notice.pk)
    notice.refresh_from_db()
    assert notice.mailed_at is None
    assert notice.mail_tries == 1
    assert not Notification.objects.mail_due().exists()
    later = timezone.now() + pause_after(0) + timedelta(seconds=1)
    assert Notification.objects.mail_due(later).get() == notice


class HangsOverGoodbye(locmem.EmailBackend):
    """Has the mail, and then says nothing any more."""

    def close(self) -> None:
        raise SMTPServerDisconnected("no answer to QUIT")


def test_a_mail_that_was_taken_is_not_sent_again_for_want_of_a_goodbye(
    notice: Notification, settings: Any
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.HangsOverGoodbye"
    with pytest.raises(SMTPServerDisconnected):
        deliver(notice.pk)
    notice.refresh_from_db()
    assert notice.mailed_at is not None
    Notification.objects.update(mail_due_at=timezone.now())
    assert not deliver(notice.pk)
    assert len(mail.outbox) == 1


def test_pauses_grow_to_an_hour() -> None:
    assert pause_after(0) == timedelta(minutes=2)
    assert pause_after(3) == timedelta(minutes=16)
    assert pause_after(39) == timedelta(hours=1)


def test_the_sweep_sends_a_lost_notice_once_in_a_while(
    notice: Notification, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[int] = []

    def note(task: str, pk: int) -> bool:
        sent.append(pk)
        return True

    monkeypatch.setattr("ethicsforum.dispatch.send", note)
    assert resend_unclaimed() == 0
    past = timezone.now() - UNCLAIMED - timedelta(seconds=1)
    Notification.objects.update(mail_due_at=past)
    assert resend_unclaimed() == 1
    assert resend_unclaimed() == 0
    assert sent == [notice.pk]
    assert deliver(notice.pk)


@pytest.mark.parametrize(
    ("bring_about", "words"),
    [
        ("approved", "published it"),
        ("removed", "was removed"),
        ("restored", "is up"),
    ],
)
def test_each_kind_has_its_words(
    bring_about: str, words: str, ben: User, mia: User
) -> None:
    _bring_about(bring_about, ben, mia)
    notice = Notification.objects.get(kind=bring_about)
    deliver(notice.pk)
    assert words in mail.outbox[0].body
    assert words in html(mail.outbox[0])


def _bring_about(kind: str, author: User, moderator: User) -> None:
    from comments.actions.deciding import Decider, Reason, decide_item
    from comments.actions.moderating import restore_comment
    from comments.states import State

    if kind == "approved":
        item = build.held(author=author)
        by = Decider.moderator(moderator)
        decide_item(item, version=1, to=State.PUBLISHED, by=by)
        return
    comment = build.removed(author=author)
    if kind == "restored":
        why = Reason(explanation="A second look.")
        restore_comment(comment, moderator=moderator, reason=why)
