"""POST snooze/, wake/, escalate/ and note/."""

from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from comments.actions.claiming import claim
from comments.models import Note, QueueItem
from ethicsforum.accounts.models import User
from tests import build

pytestmark = pytest.mark.django_db
DESK = "/admin/comments/queueitem/"


@pytest.fixture
def desk(client: Client, mia: User) -> Client:
    client.force_login(mia)
    return client


def post(client: Client, item: QueueItem, verb: str, **fields: Any) -> Any:
    return client.post(f"{DESK}{item.pk}/{verb}/", fields)


def fresh(item: QueueItem) -> QueueItem:
    return QueueItem.objects.get(pk=item.pk)


@pytest.mark.parametrize("nap", ["hour", "four-hours", "tomorrow", "three-days"])
def test_snooze_and_on_to_the_next(desk: Client, nap: str) -> None:
    first, second = build.held(body="One."), build.held(body="Two.")
    response = post(desk, first, "snooze", nap=nap)
    assert response.url == second.get_desk_url()
    assert fresh(first).snoozed_until is not None
    assert "Snoozed; back in line at" in desk.get(response.url).content.decode()


@pytest.mark.parametrize("nap", ["", "for ever"])
def test_an_unknown_length_changes_nothing(desk: Client, nap: str) -> None:
    item = build.held()
    post(desk, item, "snooze", nap=nap)
    assert fresh(item).snoozed_until is None


def test_wake(desk: Client) -> None:
    item = build.held()
    post(desk, item, "snooze", nap="hour")
    post(desk, item, "wake")
    assert fresh(item).snoozed_until is None


def test_escalate(desk: Client, mia: User) -> None:
    item = build.held()
    response = post(desk, item, "escalate", escalation="A threat?")
    assert response.url == item.get_desk_url()
    assert fresh(item).escalated_by == mia
    assert Note.objects.get().text == "A threat?"


@pytest.mark.parametrize("words", ["", " ", "x" * 2001, "a\x00b"])
@pytest.mark.parametrize(
    ("verb", "field"), [("escalate", "escalation"), ("note", "note")]
)
def test_words_are_needed_and_kept(
    desk: Client, verb: str, field: str, words: str
) -> None:
    item = build.held()
    sent = {field: words, "from": "list", "filters": "queue=mine"}
    response = post(desk, item, verb, **sent)
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    html = response.content.decode()
    assert words.strip("\x00 ")[:1] in html
    assert 'name="filters" value="queue=mine"' in html
    assert not Note.objects.exists()
    assert fresh(item).escalated_at is None


@pytest.mark.parametrize(
    ("verb", "fields"),
    [
        ("snooze", {"nap": "hour"}),
        ("wake", {}),
        ("escalate", {"escalation": "Late."}),
    ],
)
def test_what_is_decided_stays_as_it_is_and_it_says_so(
    desk: Client, max_: User, verb: str, fields: dict[str, str]
) -> None:
    item = QueueItem.objects.get(closing_decision=build.rejected(by=max_))
    response = post(desk, item, verb, **fields)
    assert response.status_code == HTTPStatus.CONFLICT
    assert "decided already (Max: rejected)" in response.content.decode()
    assert not Note.objects.exists()


def test_what_a_colleague_has_is_not_put_to_sleep(desk: Client, max_: User) -> None:
    item = build.held()
    claim(item, moderator=max_)
    response = post(desk, item, "snooze", nap="hour")
    assert response.status_code == HTTPStatus.CONFLICT
    assert "Max has it until" in response.content.decode()


def test_a_note_on_the_comment_or_on_its_author(
    desk: Client, mia: User, ben: User
) -> None:
    item = build.held(author=ben)
    post(desk, item, "note", note="Look at the second link.")
    post(desk, item, "note", note="Writes in a hurry.", about="author")
    by_text = {note.text: note for note in Note.objects.all()}
    assert by_text["Look at the second link."].comment == item.comment
    assert by_text["Writes in a hurry."].member == ben
    assert {note.author for note in by_text.values()} == {mia}


def test_an_author_who_has_left_has_no_notes(desk: Client) -> None:
    item = build.held()
    type(item.comment).objects.update(author=None)
    response = post(desk, item, "note", note="Kept words.", about="author")
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    html = response.content.decode()
    assert "The author has left" in html
    assert "Kept words." in html
    assert not Note.objects.exists()
