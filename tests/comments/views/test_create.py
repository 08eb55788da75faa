"""POST /articles/<slug>/comments/"""

from datetime import timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article
from comments.models import Comment
from comments.states import State
from ethicsforum.accounts.models import User
from tests import build, cast

pytestmark = pytest.mark.django_db
HERE = "/articles/triage/comments/"


@pytest.fixture
def member(client: Client, ben: User) -> Client:
    build.article()
    client.force_login(ben)
    return client


def refused(response: Any) -> str:
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    return str(response.content.decode())


def test_a_comment_leads_to_its_permalink(member: Client, ben: User) -> None:
    response = member.post(HERE, {"body": "A *thought*."})
    comment = Comment.objects.get(author=ben)
    assert response.status_code == HTTPStatus.FOUND
    assert response.headers["Location"] == f"/comments/{comment.pk}/"
    assert comment.state == State.SCREENING


def test_a_reply(member: Client) -> None:
    parent = build.published(author=cast.cleo())
    member.post(HERE, {"body": "I disagree.", "parent": parent.pk})
    reply = Comment.objects.get(parent=parent)
    assert reply.path.startswith(parent.path)


def test_the_author_sees_it_at_once_and_nobody_else(member: Client) -> None:
    response = member.post(HERE, {"body": "Only mine yet."}, follow=True)
    html = response.content.decode()
    assert 'data-state="screening"' in html
    assert "Only mine yet." in html
    assert "being screened" in html
    assert "Only mine yet." not in Client().get("/articles/triage/").content.decode()
    other = Client()
    other.force_login(cast.cleo())
    assert "Only mine yet." not in other.get("/articles/triage/").content.decode()


def test_a_preview_stores_nothing_and_keeps_the_text(member: Client) -> None:
    response = member.post(HERE, {"body": "Some *stress*.", "preview": "1"})
    html = response.content.decode()
    assert response.status_code == HTTPStatus.OK
    assert "<em>stress</em>" in html
    assert "Some *stress*." in html
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("", "write something"),
        (" \n ", "write something"),
        ("x" * 10_001, "10,001"),
        ("a\x00b", "NUL"),
        ("bidi \u202e gnp.exe", "direction"),
        (">" * 10_000, "nested"),
        ("caf\ufffd", "did not arrive"),
    ],
)
def test_bad_bodies_are_answered_beside_the_field(
    member: Client, body: str, says: str
) -> None:
    html = refused(member.post(HERE, {"body": body}))
    assert says in html
    assert 'id="body-error"' in html
    assert not Comment.objects.exists()


def test_what_was_typed_is_kept(member: Client) -> None:
    html = refused(member.post(HERE, {"body": "keep me " + "x" * 10_000}))
    assert "keep me xxx" in html


@pytest.mark.parametrize(
    "raw", [b"body=caf\xe9", b"body=caf%E9", b"body=%ff%fe", b"body=\xff"]
)
def test_bodies_that_are_not_utf_8(member: Client, raw: bytes) -> None:
    form = "application/x-www-form-urlencoded"
    html = refused(member.post(HERE, raw, content_type=form))
    assert "did not arrive" in html
    assert not Comment.objects.exists()


def test_a_multipart_body_that_is_not_utf_8(member: Client) -> None:
    head = b'--b\r\nContent-Disposition: form-data; name="body"\r\n\r\n'
    raw = head + b"caf\xe9\r\n--b--\r\n"
    kind = "multipart/form-data; boundary=b"
    assert "did not arrive" in refused(member.post(HERE, raw, content_type=kind))


def test_a_missing_field(member: Client) -> None:
    assert "write something" in refused(member.post(HERE, {}))


def test_a_parent_under_another_article(member: Client) -> None:
    elsewhere = build.published(under=build.article("other"), author=cast.cleo())
    fields = {"body": "Kept words.", "parent": elsewhere.pk}
    html = refused(member.post(HERE, fields))
    assert "under another article" in html
    assert "Kept words." in html


def test_a_withdrawn_parent(member: Client) -> None:
    from comments.actions.posting import withdraw_comment

    parent = build.published(author=cast.cleo())
    withdraw_comment(parent)
    fields = {"body": "Kept words.", "parent": parent.pk}
    html = refused(member.post(HERE, fields))
    assert "no longer there" in html
    assert "You answer" not in html
    assert "Kept words." in html
    # Sent again as it stands in the page, it is a comment of its own.
    assert 'name="parent"' not in html


@pytest.mark.parametrize("state", ["held", "removed"])
def test_a_parent_that_is_not_public(member: Client, state: str) -> None:
    cleo = cast.cleo()
    parent = (
        build.held(author=cleo).comment
        if state == "held"
        else build.removed(author=cleo)
    )
    html = refused(member.post(HERE, {"body": "x", "parent": parent.pk}))
    # Of what was never public a stranger learns no more than of a missing id.
    says = {"held": "does not exist", "removed": "no longer there"}
    assert says[state] in html


@pytest.mark.parametrize("parent", ["0", "-1", "x", "9" * 30, "1e3", "\u0661", "\x00"])
def test_a_parent_that_does_not_exist(member: Client, parent: str) -> None:
    html = refused(member.post(HERE, {"body": "x", "parent": parent}))
    assert "does not exist" in html


@pytest.mark.parametrize("how", ["closed", "hidden", "over"])
def test_a_closed_discussion_keeps_the_text(member: Client, how: str) -> None:
    if how == "over":
        past = timezone.now() - timedelta(hours=1)
        Article.objects.update(comments_open_until=past)
    else:
        Article.objects.update(discussion=how)
    html = refused(member.post(HERE, {"body": "Kept words."}))
    assert "discussion" in html
    assert "Kept words." in html
    assert not Comment.objects.exists()


def test_an_unknown_article_and_a_draft_are_not_found(member: Client) -> None:
    build.article("draft", status="draft")
    for slug in ("no-such-article", "draft"):
        response = member.post(f"/articles/{slug}/comments/", {"body": "x"})
        assert response.status_code == HTTPStatus.NOT_FOUND


def test_fields_that_are_nobodys_business_are_ignored(
    member: Client, ben: User
) -> None:
    fields = {"state": "published", "author": 1, "created_at": "1999-01-01", "id": 7}
    member.post(HERE, {"body": "Plain.", **fields})
    comment = Comment.objects.get()
    assert (comment.state, comment.author) == (State.SCREENING, ben)


def test_visitors_are_sent_to_sign_in(client: Client) -> None:
    build.article()
    response = client.post(HERE, {"body": "x"})
    assert response.status_code == HTTPStatus.FOUND
    back = quote("/articles/triage/#comment-form")
    assert response.headers["Location"] == f"/accounts/login/?next={back}"
    assert not Comment.objects.exists()


def test_a_text_written_after_the_session_ended_is_kept(
    client: Client, ben: User
) -> None:
    build.article()
    client.post(HERE, {"body": "Written with care."})
    fields = {"login": ben.email, "password": cast.PASSWORD}
    client.post("/accounts/login/", fields)
    assert "Written with care." in client.get("/articles/triage/").content.decode()
    assert "Written with care." not in client.get("/articles/triage/").content.decode()


def test_without_a_token_a_visitors_post_stores_nothing() -> None:
    build.article()
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(HERE, {"body": "x"})
    assert response.status_code == HTTPStatus.FOUND
    assert not response.cookies


def test_a_member_needs_a_token(ben: User) -> None:
    build.article()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ben)
    response = strict.post(HERE, {"body": "x"})
    assert response.status_code == HTTPStatus.FORBIDDEN
    assert not Comment.objects.exists()


def test_an_unconfirmed_address_comes_first(client: Client) -> None:
    from allauth.account.models import EmailAddress

    build.article()
    client.force_login(cast.ben())
    EmailAddress.objects.update(verified=False)
    html = refused(client.post(HERE, {"body": "Kept words."}))
    assert "confirm your e-mail" in html
    assert "Kept words." in html


def test_get_is_not_allowed(member: Client) -> None:
    assert member.get(HERE).status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_a_hidden_discussion_is_not_shown_beside_an_error(member: Client) -> None:
    build.published(author=cast.cleo(), body="Hidden words.")
    Article.objects.update(discussion="hidden")
    html = refused(member.post(HERE, {"body": "Kept words."}))
    assert "Kept words." in html
    assert "Hidden words." not in html


def test_nobody_writes_under_a_draft(client: Client, mia: User) -> None:
    build.article(status="draft")
    client.force_login(mia)
    html = refused(client.post(HERE, {"body": "Kept words."}))
    assert "when the article is published" in html
    assert not Comment.objects.exists()


def test_a_kept_reply_still_names_whom_it_answers(client: Client, ben: User) -> None:
    parent = build.published(author=cast.cleo())
    client.post(HERE, {"body": "Written with care.", "parent": parent.pk})
    fields = {"login": ben.email, "password": cast.PASSWORD}
    client.post("/accounts/login/", fields)
    html = client.get("/articles/triage/").content.decode()
    assert "Written with care." in html
    assert f'name="parent" value="{parent.pk}"' in html
    assert "You answer" in html


def test_an_error_is_named_to_assistive_technology(member: Client) -> None:
    html = refused(member.post(HERE, {"body": ""}))
    assert 'aria-describedby="body-error body-help"' in html
    assert 'id="body-help"' in html
