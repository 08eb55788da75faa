"""Mails say where the site is, whatever a request says; and have the headers we gave
them, whatever a name or a title says."""

from email import message_from_bytes
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from comments.mailing.mails import compose
from comments.models import Notification
from ethicsforum.accounts.models import User
from tests import build, cast, news

pytestmark = pytest.mark.django_db

FORGED = {"x-forwarded-host": "evil.example", "x-forwarded-server": "evil.example"}
BREAK = "Hello\r\nBcc: victim@example.net\r\n\r\nBody"
NEW = {"email": "new@example.org", "username": "New", "password1": "a b c d e f g"}


def send(client: Client, what: str, **headers: str) -> Any:
    if what == "sign-up":
        return client.post("/accounts/signup/", NEW, headers=headers)
    email = {"known": cast.ben().email, "unknown": "nobody@example.org"}[what]
    return client.post("/accounts/password/reset/", {"email": email}, headers=headers)


def sent(message: Any) -> Any:
    """As the mail server gets it."""
    return message_from_bytes(message.message().as_bytes())


@pytest.mark.parametrize("what", ["sign-up", "known", "unknown"])
def test_a_forged_host_is_in_no_mail(client: Client, what: str) -> None:
    assert send(client, what, **FORGED).status_code == 302
    assert [len(message.recipients()) for message in mail.outbox] == [1]
    assert "evil.example" not in str(sent(mail.outbox[0]))


@pytest.mark.parametrize("what", ["sign-up", "known", "unknown"])
def test_a_host_that_is_not_ours_is_refused(client: Client, what: str) -> None:
    assert send(client, what, host="evil.example").status_code == 400
    assert mail.outbox == []


@pytest.mark.parametrize("field", ["email", "username"])
def test_a_line_break_makes_no_account(client: Client, field: str) -> None:
    form = {**NEW, field: f"{NEW[field]}\r\nBcc: victim@example.net"}
    client.post("/accounts/signup/", form)
    assert not User.objects.exists()
    assert mail.outbox == []


def test_a_title_with_line_breaks_is_one_line_of_a_subject(ben: User) -> None:
    article = build.article("broken", title=BREAK)
    first = build.published(author=ben, under=article)
    news.announced(author=cast.cleo(), parent=first)
    removed = build.removed(author=ben, under=article, body="Removed.")
    build.appeal(removed.decisions.latest("pk"))
    for notification in Notification.objects.for_mail():
        message = compose(notification)
        assert len(message.recipients()) == 1
        assert "Bcc" not in sent(message)
        assert "\n" not in message.subject


def test_a_notice_writes_to_whoever_filed_it_alone(client: Client) -> None:
    comment = build.published()
    form = {
        "where": str(comment.pk),
        "note": "Libel.",
        "name": BREAK,
        "email": "lex@example.org",
        "law": BREAK,
        "good_faith": "on",
    }
    assert client.post("/moderation/notice/", form).status_code == 302
    for notification in Notification.objects.for_mail():
        message = compose(notification)
        assert message.recipients() == ["lex@example.org"]
        assert "Bcc" not in sent(message)
    form["email"] = "lex@example.org\r\nBcc: victim@example.net"
    assert client.post("/moderation/notice/", form).status_code == 422


def test_links_lead_to_the_configured_address(ben: User) -> None:
    build.rejected(author=ben)
    message = compose(Notification.objects.for_mail().get(recipient=ben))
    assert f"{settings.SITE_URL}/decisions/" in str(message.body)
