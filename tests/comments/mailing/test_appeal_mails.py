"""Word about appeals: mails and notices, each once, with the day in it."""

from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from comments.actions.appealing import ask_back
from comments.actions.deciding import Decider, decide
from comments.models import Decision, Notification
from comments.models.appeal import MAY_APPEAL_FOR
from comments.notifications import deliver
from comments.states import Measure, State
from comments.templatetags.moments import in_words
from ethicsforum.accounts.models import User
from tests import build, cast

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def at_once(settings: Any) -> None:
    settings.UNDO_SECONDS = 0
    settings.SITE_URL = "https://forum.example"


def mailed(kind: str) -> tuple[str, str, str]:
    """Subject, text and HTML of the only mail of the kind."""
    assert deliver(Notification.objects.get(kind=kind).pk)
    (sent,) = mail.outbox
    assert isinstance(sent, EmailMultiAlternatives)
    assert sent.to == ["ben@example.org"]
    html, _mimetype = sent.alternatives[0]
    return str(sent.subject), str(sent.body), str(html)


def test_a_refusal_says_how_it_was_found_and_how_to_appeal(ben: User) -> None:
    decision = build.rejected(author=ben)
    _subject, *bodies = mailed("rejected")
    for body in bodies:
        assert "Our automatic screening set it aside" in body
        assert in_words(decision.created_at + MAY_APPEAL_FOR) in body
        assert f"https://forum.example/decisions/{decision.pk}/appeal/" in body


def test_other_mails_speak_of_no_appeal(ben: User) -> None:
    item = build.held(author=ben)
    decide(item.revision, to=State.PUBLISHED, by=Decider.moderator(cast.mia()))
    _subject, *bodies = mailed("approved")
    assert not any("/appeal/" in body or "Appeal" in body for body in bodies)


def test_received(ben: User) -> None:
    appeal = build.appeal(build.rejected(author=ben), text=f"Look. {HOSTILE}")
    subject, text, html = mailed("appeal-received")
    assert subject == "We received your appeal: Who decides who waits?"
    for body in (text, html):
        assert in_words(appeal.due_at) in body
        assert f"https://forum.example{appeal.get_absolute_url()}" in body
    assert HOSTILE in text
    assert HOSTILE not in html


def test_a_question(ben: User, max_: User) -> None:
    item = build.appealed(build.rejected(author=ben))
    ask_back(item, moderator=max_, text=f"Whom? {HOSTILE}")
    subject, text, html = mailed("appeal-question")
    assert subject.startswith("A question about your appeal")
    for body in (text, html):
        assert "Whom?" in body
        assert "/appeal/" in body
        assert "Max" not in body
    assert HOSTILE not in html


def test_upheld(ben: User, max_: User) -> None:
    decision = build.rejected(author=ben)
    build.ruled(build.appealed(decision), by=max_)
    subject, text, html = mailed("appeal-upheld")
    assert subject.startswith("The decision stands")
    for body in (text, html):
        assert "Heard again." in body
        assert f"https://forum.example/decisions/{decision.pk}/appeal/" in body
        assert "out-of-court" in body
        assert "Max" not in body


def test_overturned(ben: User, max_: User) -> None:
    build.removed(author=ben)
    decision = Decision.objects.get(to_state=State.REMOVED)
    build.ruled(build.appealed(decision), by=max_, overturn=True)
    subject, text, html = mailed("appeal-overturned")
    assert subject.startswith("Your appeal succeeded")
    for body in (text, html):
        assert "Heard again." in body
        assert f"https://forum.example/comments/{decision.comment_id}/" in body


def test_a_lifted_sanction(ben: User, max_: User) -> None:
    item = build.appealed(build.sanction(Measure.SUSPEND, author=ben))
    build.ruled(item, by=max_, overturn=True)
    _subject, *bodies = mailed("appeal-overturned")
    assert all("is lifted" in body for body in bodies)


def test_a_hostile_title_stays_in_the_subject(ben: User) -> None:
    under = build.article("evil", title="Evil\r\nBcc: all@example.org")
    build.appeal(build.rejected(author=ben, under=under))
    subject, *_bodies = mailed("appeal-received")
    assert "Evil Bcc: all@example.org" in subject
    assert mail.outbox[0].message()["Bcc"] is None


def test_the_notices_lead_to_the_appeal(client: Client, ben: User, max_: User) -> None:
    item = build.appealed(build.rejected(author=ben, body="One."))
    ask_back(item, moderator=max_, text="Whom?")
    item.refresh_from_db()
    build.ruled(item, by=max_)
    other = build.appealed(build.rejected(author=ben, body="Two."))
    build.ruled(other, by=max_, overturn=True)
    client.force_login(ben)
    html = client.get("/notices/").content.decode()
    for part in (
        "We received your appeal.",
        "has a question about your appeal",
        "the decision stands",
        "the decision was overturned",
    ):
        assert part in html
    contested = item.first_decision_id
    assert f'href="/decisions/{contested}/appeal/#ruling"' in html
    assert f'href="/decisions/{contested}/appeal/#appeal-form"' in html
