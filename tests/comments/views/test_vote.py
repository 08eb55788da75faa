"""POST /comments/<id>/votes/: by a form of its own, or as a part of the page."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone

from comments.models import Comment, Vote
from ethicsforum.accounts.models import User
from tests import build, cast

pytestmark = pytest.mark.django_db
UP = {"axis": "value", "choice": "up"}
PART: dict[str, Any] = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def comment(db: None) -> Comment:
    return build.published(author=cast.cleo())


@pytest.fixture
def reader(client: Client, ben: User) -> User:
    client.force_login(ben)
    return ben


def send(client: Client, comment: Comment, fields: dict[str, str], **more: Any) -> Any:
    return client.post(f"/comments/{comment.pk}/votes/", fields, **more)


def part(client: Client, comment: Comment, fields: dict[str, str] = UP) -> str:
    response = send(client, comment, fields, **PART)
    assert response.status_code == HTTPStatus.OK
    html = str(response.content.decode())
    assert "<html" not in html
    return html


def buttons(html: str) -> list[str]:
    return [piece.split("</button>")[0] for piece in html.split("<button")[1:]]


def test_without_script_it_leads_back_to_the_comment(
    client: Client, reader: User, comment: Comment
) -> None:
    response = send(client, comment, UP)
    assert response.status_code == HTTPStatus.FOUND
    assert response.headers["Location"] == comment.get_absolute_url()
    assert Vote.objects.get().value == Vote.Choice.UP


@pytest.mark.parametrize("axis", ["value", "agree"])
@pytest.mark.parametrize(("choice", "stored"), [("up", 1), ("down", -1)])
def test_each_choice_on_each_axis(
    client: Client,
    reader: User,
    comment: Comment,
    axis: str,
    choice: str,
    stored: int,
) -> None:
    send(client, comment, {"axis": axis, "choice": choice})
    assert getattr(Vote.objects.get(), axis) == stored


def test_the_part_shows_what_was_chosen(
    client: Client, reader: User, comment: Comment
) -> None:
    up, down, agree, disagree = buttons(part(client, comment))
    assert 'aria-pressed="true"' in up
    assert 'value="none"' in up
    assert "It adds to the discussion</span> 1" in up
    assert 'aria-pressed="false"' in down
    assert 'value="down"' in down
    # On the other axis nothing was said yet, so nothing is shown.
    assert agree.endswith("Agree")
    assert disagree.endswith("Disagree")


def test_pressed_again_it_is_taken_back(
    client: Client, reader: User, comment: Comment
) -> None:
    part(client, comment)
    html = part(client, comment, {"axis": "value", "choice": "none"})
    assert 'aria-pressed="true"' not in html
    assert not Vote.objects.exists()


def test_counts_wait_until_one_has_voted_or_for_a_while(
    client: Client, reader: User, comment: Comment
) -> None:
    html = part(client, comment)
    assert "Counts show once you vote, or in" in html
    later = timezone.now() + timedelta(minutes=settings.VOTES_SHOWN_AFTER_MINUTES)
    with time_machine.travel(later):
        up, down, agree, disagree = buttons(part(client, comment))
    assert (up[-2:], down[-2:]) == (" 1", " 0")
    assert agree.endswith("Agree 0")
    assert disagree.endswith("Disagree 0")


def test_visitors_are_sent_to_sign_in_and_back(
    client: Client, comment: Comment
) -> None:
    back = f"/accounts/login/?next={comment.get_absolute_url()}"
    response = send(client, comment, UP)
    assert response.status_code == HTTPStatus.FOUND
    assert response.headers["Location"] == back
    # A part of a page can't show it: the whole page goes there.
    response = send(client, comment, UP, **PART)
    assert response.headers["HX-Redirect"] == back
    assert response.content == b""
    assert not Vote.objects.exists()


def test_visitors_learn_nothing_of_what_they_cannot_see(client: Client) -> None:
    held = build.held().comment
    assert send(client, held, UP).status_code == HTTPStatus.FOUND


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"axis": "value"},
        {"axis": "value", "choice": "UP"},
        {"axis": "value", "choice": "1"},
        {"axis": "rank", "choice": "up"},
        {"axis": "", "choice": "up"},
        {"axis": "value", "choice": "up\x00"},
    ],
)
@pytest.mark.parametrize("how", [{}, PART])
def test_what_is_not_a_vote_is_refused_with_a_sentence(
    client: Client,
    reader: User,
    comment: Comment,
    fields: dict[str, str],
    how: dict[str, Any],
) -> None:
    response = send(client, comment, fields, **how)
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "did not arrive whole" in response.content.decode()
    assert not Vote.objects.exists()


@pytest.mark.parametrize("how", [{}, PART])
def test_too_late_says_so(client: Client, reader: User, how: dict[str, Any]) -> None:
    comment = build.removed(author=cast.cleo())
    response = send(client, comment, UP, **how)
    assert response.status_code == HTTPStatus.CONFLICT
    html = response.content.decode()
    assert "This comment was removed in the meantime." in html
    assert ("<html" in html) == (not how)
    assert "<button" not in html.split("</header>")[-1]


def test_a_suspension_says_until_when(
    client: Client, reader: User, comment: Comment
) -> None:
    build.suspended(author=reader)
    response = send(client, comment, UP, **PART)
    assert response.status_code == HTTPStatus.CONFLICT
    html = response.content.decode()
    assert "your account is suspended" in html
    assert 'href="/decisions/' in html


@pytest.mark.parametrize("make", [build.held, build.rejected])
def test_what_others_cannot_see_is_not_there(
    client: Client, reader: User, make: Any
) -> None:
    comment = make(author=cast.cleo()).comment
    assert send(client, comment, UP).status_code == HTTPStatus.NOT_FOUND


def test_nor_under_a_hidden_discussion(
    client: Client, reader: User, comment: Comment
) -> None:
    comment.article.discussion = "hidden"
    comment.article.save()
    assert send(client, comment, UP).status_code == HTTPStatus.NOT_FOUND


def test_get_is_no_vote(client: Client, reader: User, comment: Comment) -> None:
    response = client.get(f"/comments/{comment.pk}/votes/")
    assert response.status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_a_form_of_another_site_is_refused(comment: Comment, ben: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ben)
    assert send(strict, comment, UP).status_code == HTTPStatus.FORBIDDEN


def test_a_vote_costs_a_fixed_number_of_queries(
    client: Client,
    reader: User,
    comment: Comment,
    django_assert_max_num_queries: Any,
) -> None:
    for name in ("Ada", "Bo", "Cy"):
        client.force_login(cast.member(name))
        send(client, comment, UP)
    client.force_login(reader)
    with django_assert_max_num_queries(16):
        part(client, comment)
