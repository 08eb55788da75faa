"""/comments/mine/: all one has written, with its state in words."""

from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from comments.actions.posting import withdraw_comment
from ethicsforum.accounts.models import User
from tests import build, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(client: Client, ben: User) -> User:
    client.force_login(ben)
    return ben


def page(client: Client, query: str = "") -> str:
    response = client.get(f"/comments/mine/{query}")
    assert response.status_code == HTTPStatus.OK
    assert "no-store" in response.headers["Cache-Control"]
    return str(response.content.decode()).split("<main")[1]


def test_an_empty_page_says_how(client: Client, author: User) -> None:
    assert "You have not written anything yet." in page(client)


def test_it_is_ones_own(client: Client, author: User) -> None:
    build.published(author=cast.cleo(), body="Of Cleo.")
    assert "Of Cleo." not in page(client)
    client.logout()
    response = client.get("/comments/mine/")
    assert response.headers["Location"] == "/accounts/login/?next=/comments/mine/"


def test_each_state_in_words(client: Client, author: User) -> None:
    build.comment(author=author, body="Screened words.")
    build.held(author=author, body="Held words.")
    build.published(author=author, body="Public words.")
    build.hidden(author=author, body="Hidden words.")
    withdraw_comment(build.published(author=author, body="Withdrawn words."))
    html = page(client)
    for state in (
        "being screened",
        "waiting for a moderator",
        "published",
        "hidden after reports",
        "withdrawn",
    ):
        assert html.count(f">{state}</span>") == 1
    for words in ("Screened", "Held", "Public", "Hidden", "Withdrawn"):
        assert f"{words} words." in html
    assert html.index("Withdrawn words.") < html.index("Screened words.")


def test_why_it_waits(client: Client, author: User) -> None:
    build.held(author=author)
    html = page(client)
    assert "the first comments of a new member are read by a person" in html


def test_a_refusal_with_its_rule_reason_and_ways(client: Client, author: User) -> None:
    rejection = build.rejected(author=author)
    html = page(client)
    assert build.rule().title in html
    assert "About the person." in html
    assert f'href="{rejection.get_absolute_url()}"' in html
    assert f'href="/comments/{rejection.comment_id}/edit/"' in html


def test_a_removal_and_its_appeal(client: Client, author: User) -> None:
    comment = build.removed(author=author, body="Removed words.")
    removal = comment.decisions.refusals().get()
    html = page(client)
    assert "About the person." in html
    assert f'href="{removal.get_absolute_url()}"' in html
    build.appeal(removal)
    assert f'href="/decisions/{removal.pk}/appeal/"' in page(client)


def test_what_can_still_be_done(client: Client, author: User) -> None:
    comment = build.published(author=author)
    html = page(client)
    for address in ("edit/", "withdraw/", ""):
        assert f'href="/comments/{comment.pk}/{address}"' in html


def test_an_edit_that_waits_stands_beside_what_is_up(
    client: Client, author: User
) -> None:
    comment = build.published(author=author, body="The first words.")
    from comments.actions.posting import edit_comment

    edit_comment(comment, body="The better words.")
    html = page(client)
    assert "The first words." in html
    assert "until then the earlier text stays up" in html


def test_nothing_here_replaces_itself(client: Client, author: User) -> None:
    """The note asks for news where the comment stands, among other comments."""
    build.comment(author=author)
    html = page(client)
    assert "data-hx-disable" in html.split('class="comment-note"')[0]


def test_older_ones(
    client: Client, author: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("comments.reading.profiles.PAGE", 2)
    for number in range(3):
        build.published(author=author, body=f"Number {number}.")
    older = page(client).split('rel="next" href="')[1].split('"')[0]
    html = page(client, older)
    assert "Number 0." in html
    assert "Number 1." not in html
    # Another's comment is no place on this page.
    alien = build.published(author=cast.cleo())
    assert "Number 2." in page(client, f"?before={alien.pk}")


def test_it_costs_the_same_for_many(
    client: Client, author: User, django_assert_num_queries: Any
) -> None:
    def some(name: str) -> None:
        build.published(author=author, body=f"{name} one.")
        build.held(author=author, body=f"{name} two.")
        refused = build.rejected(author=author, body=f"{name} three.")
        build.appeal(refused)
        build.removed(author=author, body=f"{name} four.")

    some("First")
    with django_assert_num_queries(9):
        page(client)
    some("Second")
    with django_assert_num_queries(9):
        page(client)
