"""POST /articles/<slug>/comments/ by script: the answer is a part of the page."""

from http import HTTPStatus
from json import loads
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from comments.actions.posting import withdraw_comment
from comments.models import Comment
from ethicsforum.accounts.models import User
from tests import build, cast

pytestmark = pytest.mark.django_db
HERE = "/articles/triage/comments/"
LINKS = "https://a.example https://b.example https://c.example"
SCRIPT = {"HX-Request": "true"}


@pytest.fixture
def member(client: Client, ben: User) -> Client:
    build.article()
    client.force_login(ben)
    return client


def send(client: Client, **fields: Any) -> Any:
    return client.post(HERE, fields, headers=SCRIPT)


def test_the_comment_comes_back_as_it_stands_on_the_page(member: Client) -> None:
    response = send(member, body="A *thought*.")
    html = response.content.decode()
    comment = Comment.objects.get()
    assert response.status_code == HTTPStatus.OK
    assert f'id="comment-{comment.pk}" data-state="screening"' in html
    assert "<em>thought</em>" in html
    assert "being screened" in html
    assert "<html" not in html
    assert response.headers["HX-Reswap"] == "beforebegin"
    told = loads(response.headers["HX-Trigger-After-Swap"])
    assert told == {"comment-sent": {"id": comment.pk, "parent": None}}


def test_a_reply_says_where_it_belongs(member: Client) -> None:
    parent = build.published(author=cast.cleo())
    response = send(member, body="I disagree.", parent=parent.pk)
    told = loads(response.headers["HX-Trigger-After-Swap"])["comment-sent"]
    assert told["parent"] == parent.pk


def test_a_text_that_would_wait_is_looked_at_once(member: Client) -> None:
    html = send(member, body=LINKS).content.decode()
    assert "will wait for a moderator" in html
    assert 'name="looked" value="1"' in html
    assert not Comment.objects.exists()
    send(member, body=LINKS, looked="1")
    assert Comment.objects.count() == 1


def test_a_page_that_is_sent_is_sent(member: Client) -> None:
    response = member.post(HERE, {"body": LINKS})
    assert response.status_code == HTTPStatus.FOUND
    assert Comment.objects.count() == 1


def test_a_preview_goes_where_previews_are(member: Client) -> None:
    response = send(member, body=LINKS, preview="1")
    assert response.headers["HX-Retarget"] == "#comment-form .live-preview"
    assert "will wait" in response.content.decode()
    assert not Comment.objects.exists()


def test_what_is_wrong_comes_back_alone(member: Client) -> None:
    response = send(member, body="x" * 10_001)
    html = response.content.decode()
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "10,001" in html
    assert "Your text is still here" in html
    assert "<textarea" not in html
    assert "hx-swap-oob" not in html


def test_a_parent_that_vanished_while_somebody_wrote(member: Client) -> None:
    parent = build.published(author=cast.cleo())
    withdraw_comment(parent)
    response = send(member, body="Kept words.", parent=parent.pk)
    html = response.content.decode()
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "no longer there" in html
    # Sent again, it is a comment of its own.
    assert '<div id="replying-to" data-hx-swap-oob="true"></div>' in html
    assert send(member, body="Kept words.").status_code == HTTPStatus.OK


def test_a_visitor_goes_to_sign_in_and_the_text_is_kept(
    client: Client, ben: User
) -> None:
    build.article()
    response = send(client, body="Written with care.", steelman="You mean well.")
    back = quote("/articles/triage/#comment-form")
    assert response.headers["HX-Redirect"] == f"/accounts/login/?next={back}"
    fields = {"login": ben.email, "password": cast.PASSWORD}
    client.post("/accounts/login/", fields)
    html = client.get("/articles/triage/").content.decode()
    assert "Written with care." in html
    assert "You mean well." in html


def test_what_the_other_person_means_is_part_of_the_text(member: Client) -> None:
    parent = build.published(author=cast.cleo())
    send(member, body="But no.", steelman="You mean yes.", parent=parent.pk)
    text = build.text_of(Comment.objects.get(parent=parent))
    assert text.source == "> *As I understand you:*\n> You mean yes.\n\nBut no."


def test_it_has_its_own_limit(member: Client) -> None:
    response = send(member, body="x", steelman="y" * 601)
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "600" in response.content.decode()
    assert not Comment.objects.exists()


def test_without_a_script_the_fields_come_back_filled(member: Client) -> None:
    parent = build.published(author=cast.cleo())
    fields = {"body": "", "steelman": "You mean yes.", "parent": parent.pk}
    html = member.post(HERE, fields).content.decode()
    assert "You mean yes." in html


def test_without_a_script_the_preview_takes_the_second_look(member: Client) -> None:
    html = member.post(HERE, {"body": LINKS, "preview": "1"}).content.decode()
    assert "will wait for a moderator" in html
    assert 'name="looked"' not in html
