"""Permalink, edit, withdraw, the decision page and notices."""

from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from articles.models import Article
from comments.models import Comment, Notification
from comments.states import State
from ethicsforum.accounts.models import User
from tests import build, cast

pytestmark = pytest.mark.django_db
ALL = (HTTPStatus.NOT_FOUND, HTTPStatus.FOUND)


@pytest.fixture
def author(client: Client, ben: User) -> Client:
    client.force_login(ben)
    return client


# --- Permalink ------------------------------------------------------------


def test_a_permalink_leads_into_the_discussion(client: Client) -> None:
    comment = build.published()
    response = client.get(f"/comments/{comment.pk}/")
    assert response.headers["Location"] == f"/articles/triage/#comment-{comment.pk}"


def test_what_others_may_not_see_does_not_exist_for_them(client: Client) -> None:
    waiting = build.held(author=cast.cleo()).comment
    for person in (None, cast.ben()):
        if person:
            client.force_login(person)
        response = client.get(f"/comments/{waiting.pk}/")
        assert response.status_code == HTTPStatus.NOT_FOUND
    client.force_login(cast.cleo())
    assert client.get(f"/comments/{waiting.pk}/").status_code == HTTPStatus.FOUND


# --- Edit -----------------------------------------------------------------


def test_the_edit_form_has_the_text(author: Client, ben: User) -> None:
    comment = build.published(author=ben, body="The *source*.")
    html = author.get(f"/comments/{comment.pk}/edit/").content.decode()
    assert "The *source*." in html


def test_an_edit_is_screened_while_the_old_text_stays(
    author: Client, ben: User
) -> None:
    comment = build.published(author=ben, body="Old words.")
    response = author.post(f"/comments/{comment.pk}/edit/", {"body": "New words."})
    assert response.headers["Location"] == f"/comments/{comment.pk}/"
    public = Client().get("/articles/triage/").content.decode()
    assert "Old words." in public
    assert "New words." not in public
    own = author.get("/articles/triage/").content.decode()
    assert "Your edit is accepted" in own


def test_a_bad_edit_keeps_what_was_typed(author: Client, ben: User) -> None:
    comment = build.published(author=ben)
    response = author.post(
        f"/comments/{comment.pk}/edit/", {"body": "k " + "x" * 10**4}
    )
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "k xxx" in response.content.decode()


def test_an_edit_can_be_previewed(author: Client, ben: User) -> None:
    comment = build.published(author=ben)
    fields = {"body": "*New*", "preview": "1"}
    response = author.post(f"/comments/{comment.pk}/edit/", fields)
    assert "<em>New</em>" in response.content.decode()
    assert comment.revisions.count() == 1


# --- Withdraw -------------------------------------------------------------


def test_withdraw_asks_first(author: Client, ben: User) -> None:
    comment = build.published(author=ben)
    response = author.get(f"/comments/{comment.pk}/withdraw/")
    assert "this can’t be undone" in response.content.decode()
    assert build.fresh(comment).state == State.PUBLISHED


def test_withdraw(author: Client, ben: User) -> None:
    comment = build.published(author=ben, body="Taken back.")
    author.post(f"/comments/{comment.pk}/withdraw/")
    assert build.fresh(comment).state == State.WITHDRAWN
    assert "Taken back." not in Client().get("/articles/triage/").content.decode()


@pytest.mark.parametrize("verb", ["edit", "withdraw"])
def test_other_peoples_comments_do_not_exist(author: Client, verb: str) -> None:
    comment = build.published(author=cast.cleo())
    address = f"/comments/{comment.pk}/{verb}/"
    assert author.get(address).status_code == HTTPStatus.NOT_FOUND
    response = author.post(address, {"body": "Hijacked."})
    assert response.status_code == HTTPStatus.NOT_FOUND
    assert Comment.objects.get().state == State.PUBLISHED


def test_a_removed_comment_can_be_neither_edited_nor_withdrawn(
    author: Client, ben: User
) -> None:
    comment = build.removed(author=ben)
    for verb in ("edit", "withdraw"):
        response = author.get(f"/comments/{comment.pk}/{verb}/")
        assert response.status_code == HTTPStatus.NOT_FOUND
    response = author.post(f"/comments/{comment.pk}/withdraw/")
    assert response.status_code == HTTPStatus.NOT_FOUND
    assert build.fresh(comment).state == State.REMOVED


def kept(response: Any, says: str) -> None:
    """The edit was refused, said why, and gave the text back."""
    html = response.content.decode()
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert says in html
    assert "Kept words." in html


def test_an_edit_of_what_was_removed_meanwhile_keeps_the_text(
    author: Client, ben: User
) -> None:
    comment = build.removed(author=ben)
    response = author.post(f"/comments/{comment.pk}/edit/", {"body": "Kept words."})
    kept(response, "removed or withdrawn in the meantime")


def test_an_edit_of_what_was_withdrawn_brings_nothing_back(
    author: Client, ben: User
) -> None:
    comment = build.published(author=ben)
    author.post(f"/comments/{comment.pk}/withdraw/")
    response = author.post(f"/comments/{comment.pk}/edit/", {"body": "Kept words."})
    kept(response, "removed or withdrawn in the meantime")
    assert build.fresh(comment).state == State.WITHDRAWN


def test_an_edit_after_the_discussion_closed_keeps_the_text(
    author: Client, ben: User
) -> None:
    comment = build.published(author=ben)
    Article.objects.update(discussion="closed")
    response = author.post(f"/comments/{comment.pk}/edit/", {"body": "Kept words."})
    kept(response, "discussion is closed")


def test_an_edit_that_is_not_utf_8_is_refused(author: Client, ben: User) -> None:
    comment = build.published(author=ben)
    form = "application/x-www-form-urlencoded"
    response = author.post(f"/comments/{comment.pk}/edit/", b"body=caf\xe9", form)
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert comment.revisions.count() == 1


@pytest.mark.parametrize("verb", ["edit", "withdraw"])
def test_visitors_are_sent_to_sign_in(client: Client, verb: str) -> None:
    comment = build.published()
    response = client.get(f"/comments/{comment.pk}/{verb}/")
    assert response.headers["Location"].startswith("/accounts/login/?next=")


# --- The decision and the notices -----------------------------------------


def test_the_author_reads_the_statement_of_reasons(author: Client, ben: User) -> None:
    decision = build.rejected(author=ben, body="My words.")
    html = author.get(f"/decisions/{decision.pk}/").content.decode()
    for part in ("About the person.", "a moderator", "My words.", "person"):
        assert part in html
    assert "Mia" not in html


def test_nobody_else_reads_it(client: Client) -> None:
    decision = build.rejected(author=cast.cleo())
    client.force_login(cast.ben())
    response = client.get(f"/decisions/{decision.pk}/")
    assert response.status_code == HTTPStatus.NOT_FOUND


def test_notices_are_ones_own(author: Client, ben: User) -> None:
    build.rejected(author=ben, body="Mine.")
    build.rejected(author=cast.cleo(), body="Hers.", under=build.article("other"))
    html = author.get("/notices/").content.decode()
    assert html.count('class="unread"') == 1


def test_reading_them_all(author: Client, ben: User) -> None:
    build.rejected(author=ben)
    build.rejected(author=cast.cleo(), body="Hers.")
    author.post("/notices/read/")
    assert not Notification.objects.of(ben).unread().exists()
    assert Notification.objects.of(cast.cleo()).unread().count() == 1


def test_no_notices_says_what_they_will_be(author: Client) -> None:
    assert "Nothing yet." in author.get("/notices/").content.decode()
