"""A comment in the admin: read, remove, restore."""

from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from comments.actions.deciding import Decider, decide
from comments.actions.posting import edit_comment
from comments.models import Comment, Decision
from comments.states import State
from ethicsforum.accounts.models import User
from tests import build, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, mia: User) -> Client:
    client.force_login(mia)
    return client


def about(comment: Comment) -> dict[str, Any]:
    """What the page sends about the text it shows."""
    text = comment.accepted_revision_id
    return {"text": text, "rule": "privacy", "explanation": "An address."}


def at(pk: int, verb: str) -> str:
    return f"/admin/comments/comment/{pk}/{verb}/"


def test_the_page_has_texts_and_decisions(desk: Client) -> None:
    decision = build.rejected(body="What was written.")
    html = desk.get(at(decision.comment_id, "change")).content.decode()
    assert "What was written." in html
    assert "About the person." in html
    assert "Mia" in html


def test_the_list_finds_by_word(desk: Client) -> None:
    build.published(body="About pears.")
    html = desk.get("/admin/comments/comment/?q=pears").content.decode()
    assert "About pears." in html


def test_remove(desk: Client, mia: User) -> None:
    comment = build.published()
    response = desk.post(at(comment.pk, "remove"), about(comment))
    assert response.status_code == HTTPStatus.FOUND
    assert build.fresh(comment).state == State.REMOVED
    assert Decision.objects.get(to_state=State.REMOVED).decider == mia


def test_remove_needs_a_rule(desk: Client) -> None:
    comment = build.published()
    fields = {"text": comment.accepted_revision_id, "explanation": "Kept words."}
    response = desk.post(at(comment.pk, "remove"), fields)
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Kept words." in response.content.decode()
    assert build.fresh(comment).state == State.PUBLISHED


def test_remove_twice_is_a_conflict(desk: Client) -> None:
    comment = build.removed()
    response = desk.post(at(comment.pk, "remove"), about(comment))
    assert response.status_code == HTTPStatus.CONFLICT


def test_a_text_that_nobody_read_is_not_removed(desk: Client) -> None:
    comment = build.published(body="The text that was read.")
    fields = about(comment)
    text = edit_comment(comment, body="Quite another text.")
    decide(text, to=State.PUBLISHED, by=Decider.machine())
    response = desk.post(at(comment.pk, "remove"), fields)
    assert response.status_code == HTTPStatus.CONFLICT
    assert "Quite another text." in response.content.decode()
    assert build.fresh(comment).state == State.PUBLISHED


def test_restore(desk: Client) -> None:
    comment = build.removed()
    desk.post(at(comment.pk, "restore"), about(comment))
    assert build.fresh(comment).state == State.PUBLISHED


def test_restore_needs_an_explanation(desk: Client) -> None:
    comment = build.removed()
    fields = {**about(comment), "explanation": " "}
    response = desk.post(at(comment.pk, "restore"), fields)
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert build.fresh(comment).state == State.REMOVED


@pytest.mark.parametrize("verb", ["remove", "restore"])
def test_editors_may_read_but_not_move(client: Client, verb: str) -> None:
    comment = build.published()
    client.force_login(cast.eda())
    assert client.get(at(comment.pk, "change")).status_code == HTTPStatus.OK
    response = client.post(at(comment.pk, verb), about(comment))
    assert response.status_code == HTTPStatus.FORBIDDEN
    assert build.fresh(comment).state == State.PUBLISHED
