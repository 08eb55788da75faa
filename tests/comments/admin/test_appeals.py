"""Appeals in the admin: read by all but whoever decided, asked about, ruled on."""

from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from comments.models import Appeal, AppealMessage, QueueItem
from ethicsforum.accounts.models import User
from tests import build, cast

pytestmark = pytest.mark.django_db
LIST = "/admin/comments/appeal/"


@pytest.fixture
def item() -> QueueItem:
    return build.appealed(build.rejected(author=cast.ben(), by=cast.mia()))


def ask(client: Client, item: QueueItem, text: str = "Whom did you mean?") -> Any:
    return client.post(f"/admin/comments/queueitem/{item.pk}/ask/", {"text": text})


def asked_anything() -> bool:
    return AppealMessage.objects.filter(by_moderator=True).exists()


# --- The list -------------------------------------------------------------


def test_the_list_says_who_ruled_and_how(
    client: Client, max_: User, item: QueueItem
) -> None:
    client.force_login(max_)
    assert "rejected (person)" in client.get(LIST).content.decode()
    build.ruled(item, by=max_)
    html = client.get(LIST).content.decode()
    assert "the decision stands" in html
    assert "Max" in html


def test_an_overdue_appeal_is_marked(
    client: Client, max_: User, item: QueueItem
) -> None:
    client.force_login(max_)
    assert "overdue" not in client.get(LIST).content.decode()
    Appeal.objects.update(due_at=item.opened_at)
    assert "overdue" in client.get(LIST).content.decode()


def test_what_was_said_can_be_read_and_not_changed(
    client: Client, max_: User, item: QueueItem
) -> None:
    AppealMessage.objects.update(text="<script>alert(1)</script>")
    client.force_login(max_)
    html = client.get(f"{LIST}{item.appeal_id}/change/").content.decode()
    assert "&lt;script&gt;alert(1)" in html
    assert "<script>alert" not in html
    assert 'name="_save"' not in html


@pytest.mark.parametrize("person", ["mia", "root"])
def test_whoever_decided_finds_it_nowhere(client: Client, person: str) -> None:
    decider = {"mia": cast.mia, "root": cast.root}[person]()
    item = build.appealed(build.rejected(author=cast.ben(), by=decider))
    client.force_login(decider)
    assert "0 appeals" in client.get(LIST).content.decode()
    response = client.get(f"{LIST}{item.appeal_id}/change/")
    assert response.status_code == HTTPStatus.FOUND
    assert ask(client, item).status_code == HTTPStatus.NOT_FOUND
    assert not asked_anything()


# --- Asking back ----------------------------------------------------------


def test_a_question_is_sent(client: Client, max_: User, item: QueueItem) -> None:
    client.force_login(max_)
    response = ask(client, item)
    assert response.headers["Location"] == item.get_desk_url()
    message = AppealMessage.objects.get(by_moderator=True)
    assert (message.text, message.sender) == ("Whom did you mean?", max_)


@pytest.mark.parametrize("text", ["", "Kept \x00 words.", "Kept " + "x" * 3000])
def test_a_bad_question_is_kept(
    client: Client, max_: User, item: QueueItem, text: str
) -> None:
    client.force_login(max_)
    response = ask(client, item, text)
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert text[:5] in response.content.decode()
    assert not asked_anything()


def test_a_question_that_comes_too_late_is_kept(
    client: Client, max_: User, item: QueueItem
) -> None:
    build.ruled(item, by=max_)
    client.force_login(max_)
    response = ask(client, item)
    assert response.status_code == HTTPStatus.CONFLICT
    assert "Whom did you mean?" in response.content.decode()
    assert not asked_anything()


@pytest.mark.parametrize("who", ["nobody", "ben", "eda"])
def test_without_the_permission_nothing_is_asked(
    client: Client, item: QueueItem, who: str
) -> None:
    people = {"ben": cast.ben, "eda": cast.eda}
    if who in people:
        client.force_login(people[who]())
    response = ask(client, item)
    assert response.status_code in {HTTPStatus.FORBIDDEN, HTTPStatus.FOUND}
    assert not asked_anything()


def test_only_appeals_are_asked_about(client: Client, max_: User) -> None:
    client.force_login(max_)
    assert ask(client, build.held()).status_code == HTTPStatus.NOT_FOUND


def test_get_asks_nothing(client: Client, max_: User, item: QueueItem) -> None:
    client.force_login(max_)
    response = client.get(f"/admin/comments/queueitem/{item.pk}/ask/")
    assert response.status_code == HTTPStatus.METHOD_NOT_ALLOWED
