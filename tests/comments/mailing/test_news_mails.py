"""Mails about replies, mentions and what is followed; how each mail is switched off."""

from email import message_from_bytes, policy
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives

from articles.models import Article
from comments.actions.moderating import remove_comment
from comments.actions.posting import withdraw_comment
from comments.mailing.tokens import read_token
from comments.models import Delivery, Notification
from comments.notifications import deliver, tell
from comments.states import Measure
from ethicsforum.accounts.models import User
from tests import build, cast, news

pytestmark = pytest.mark.django_db
Kind = Notification.Kind


@pytest.fixture(autouse=True)
def at_once(settings: Any) -> None:
    settings.UNDO_SECONDS = 0
    settings.SITE_URL = "https://forum.example"


def mailed(notice: Notification | None = None) -> EmailMultiAlternatives:
    assert deliver((notice or Notification.objects.get()).pk)
    sent = mail.outbox[-1]
    assert isinstance(sent, EmailMultiAlternatives)
    return sent


def html(sent: EmailMultiAlternatives) -> str:
    return str(sent.alternatives[0][0])


def reply(ben: User, **fields: Any) -> None:
    news.answered(ben, **fields)


def mention(ben: User, **fields: Any) -> None:
    news.announced(author=cast.cleo(), **{"body": "@Ben, see this.", **fields})


def followed(ben: User, **fields: Any) -> None:
    news.follow(ben, person=cast.cleo())
    news.choose(ben, followed=Delivery.AT_ONCE)
    news.announced(author=cast.cleo(), **fields)


# --- What they say ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("bring_about", "subject", "topic"),
    [
        (reply, "Cleo has answered you: Who decides who waits?", "replies"),
        (mention, "Cleo has named you: Who decides who waits?", "mentions"),
        (followed, "New by Cleo: Who decides who waits?", "followed"),
    ],
)
def test_each_kind(bring_about: Any, subject: str, topic: str, ben: User) -> None:
    name = "@Ben" if topic == "mentions" else "all"
    bring_about(ben, body=f"Some *words* for {name} & <more>.")
    notice = Notification.objects.get()
    sent = mailed(notice)
    assert sent.subject == subject
    assert sent.to == [ben.email]
    assert f"Some words for {name} & <more>." in sent.body
    assert "<em>words</em>" in html(sent)
    assert "<more>" not in html(sent)
    for body in (str(sent.body), html(sent)):
        assert "Hello Ben," in body
        assert f"https://forum.example/comments/{notice.news_id}/" in body
    assert topic_of(sent) == (ben.pk, topic)


def topic_of(sent: EmailMultiAlternatives) -> tuple[int, str] | None:
    """What its link switches off."""
    address = sent.message()["List-Unsubscribe"]
    before = "<https://forum.example/unsubscribe/"
    assert address.startswith(before)
    return read_token(address.removeprefix(before).removesuffix("/>"))


@pytest.mark.parametrize("bring_about", [reply, mention, followed])
def test_a_hostile_title_stays_in_its_line(bring_about: Any, ben: User) -> None:
    Article.objects.update_or_create(
        slug="triage",
        defaults={
            "title": "Evil\r\nBcc: all@example.org\u2028X-More: 1",
            "body": "Text.",
            "status": Article.Status.PUBLISHED,
        },
    )
    User.objects.filter(pk=cast.cleo().pk).update(username="Cleo\nCc: x@example.org")
    bring_about(ben)
    message = mailed().message()
    assert message["Bcc"] is None
    assert message["Cc"] is None
    assert message["X-More"] is None
    assert "\n" not in mail.outbox[0].subject
    assert "Evil Bcc: all@example.org X-More: 1" in mail.outbox[0].subject


# --- Every mail to a member can be switched off ------------------------------------


def test_the_header_is_one_click(ben: User) -> None:
    reply(ben)
    message = mailed().message()
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Auto-Submitted"] == "auto-generated"
    received = message_from_bytes(message.as_bytes(), policy=policy.default)
    assert received["List-Unsubscribe"].strip() == message["List-Unsubscribe"]


def test_the_same_link_can_be_seen(ben: User) -> None:
    reply(ben)
    sent = mailed()
    link = sent.message()["List-Unsubscribe"].strip("<>")
    for body in (str(sent.body), html(sent)):
        assert link in body
        assert "https://forum.example/notices/mail/" in body
        assert "replies to your comments" in body


@pytest.mark.parametrize("kind", ["rejected", "appeal", "warned", "report"])
def test_mails_about_decisions_have_it_too(kind: str, ben: User) -> None:
    if kind == "report":
        build.take_down(build.reported(by=ben).comment)
    elif kind == "appeal":
        build.appeal(build.rejected(author=ben))
    elif kind == "warned":
        build.sanction(Measure.WARN, author=ben)
    else:
        build.rejected(author=ben)
    notice = Notification.objects.filter(recipient=ben).order_by("pk").last()
    sent = mailed(notice)
    assert topic_of(sent) == (ben.pk, "decisions")
    assert "https://forum.example/unsubscribe/" in sent.body
    assert "https://forum.example/unsubscribe/" in html(sent)


def test_who_has_no_account_gets_the_receipt_in_any_case() -> None:
    build.noticed()
    sent = mailed()
    assert sent.to == ["law@example.org"]
    assert sent.message()["List-Unsubscribe"] is None
    assert "unsubscribe" not in sent.body
    assert "unsubscribe" not in html(sent)


# --- Choices -----------------------------------------------------------------------


@pytest.mark.parametrize("delivery", [Delivery.DAILY, Delivery.WEEKLY, Delivery.NEVER])
def test_a_decision_comes_as_it_was_chosen(delivery: str, ben: User) -> None:
    news.choose(ben, decisions=delivery)
    build.rejected(author=ben)
    notice = Notification.objects.get()
    assert (notice.delivery, notice.mail_due_at) == (delivery, None)
    assert not deliver(notice.pk)
    assert mail.outbox == []


def test_the_answer_to_a_report_comes_as_each_has_chosen(ben: User) -> None:
    news.choose(ben, decisions=Delivery.NEVER)
    comment = build.reported(by=ben).comment
    build.reported(comment, by=cast.member("Dora"))
    build.noticed(comment)
    Notification.objects.all().delete()
    build.take_down(comment)
    answers = Notification.objects.filter(kind=Kind.REPORT_ACTED)
    assert set(answers.values_list("recipient__username", "delivery")) == {
        ("Ben", "never"),
        ("Dora", "at-once"),
        (None, "at-once"),
    }
    assert answers.mail_due().count() == 2


def test_tell_asks_once_what_was_chosen(
    ben: User, django_assert_num_queries: Any
) -> None:
    decision = build.rejected(author=cast.cleo())
    with django_assert_num_queries(2):
        tell(ben, Kind.WARNED, decision=decision)


# --- What was taken down since ------------------------------------------------------


@pytest.mark.parametrize("how", ["removed", "withdrawn", "hidden", "closed"])
def test_what_is_gone_is_not_mailed(how: str, ben: User, settings: Any) -> None:
    reply(ben)
    notice = Notification.objects.get()
    comment = build.fresh(notice.comment)
    if how == "removed":
        remove_comment(comment, moderator=cast.mia(), reason=build.reason())
    elif how == "withdrawn":
        withdraw_comment(comment)
    elif how == "hidden":
        settings.REPORT_THRESHOLD = 1
        build.reported(comment)
    else:
        Article.objects.update(discussion=Article.Discussion.HIDDEN)
    assert deliver(notice.pk)
    assert mail.outbox == []
    assert not deliver(notice.pk)
