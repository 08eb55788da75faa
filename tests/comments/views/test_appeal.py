"""/decisions/<id>/appeal/: GET asks and shows, POST lodges and adds."""

from http import HTTPStatus
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from comments.actions.appealing import ask_back
from comments.models import Appeal, Decision
from comments.models.appeal import MAY_APPEAL_FOR, MOST_CHARACTERS
from ethicsforum.accounts.models import User
from tests import build, cast

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script> & \u200fmore"


@pytest.fixture
def author(client: Client, ben: User) -> Client:
    client.force_login(ben)
    return client


def address(decision: Decision) -> str:
    return f"/decisions/{decision.pk}/appeal/"


def page(client: Client, decision: Decision) -> str:
    response = client.get(address(decision))
    assert response.status_code == HTTPStatus.OK
    return str(response.content.decode())


def kept(response: Any, says: str) -> None:
    html = response.content.decode()
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert says in html
    assert "Kept words." in html


def test_get_asks(author: Client, ben: User) -> None:
    html = page(author, build.rejected(author=ben, body="My words."))
    for part in ("your own words", 'name="body"', "My words.", "About the person."):
        assert part in html
    assert not Appeal.objects.exists()


def test_post_lodges(author: Client, ben: User) -> None:
    decision = build.rejected(author=ben)
    response = author.post(address(decision), {"body": " It is about the claim.\r\n"})
    assert response.headers["Location"] == address(decision)
    appeal = Appeal.objects.get()
    assert (appeal.decision, appeal.appellant) == (decision, ben)
    assert appeal.messages.get().text == " It is about the claim."
    html = page(author, decision)
    assert "Your appeal was received on" in html
    assert appeal.due_at.isoformat(timespec="seconds") in html


def test_post_again_adds(author: Client, ben: User) -> None:
    decision = build.rejected(author=ben)
    author.post(address(decision), {"body": "One."})
    author.post(address(decision), {"body": "Two."})
    assert Appeal.objects.get().messages.count() == 2
    html = page(author, decision)
    assert html.index("<p>One.</p>") < html.index("<p>Two.</p>")


def test_a_question_is_shown_and_can_be_answered(
    author: Client, ben: User, max_: User
) -> None:
    item = build.appealed(build.rejected(author=ben))
    ask_back(item, moderator=max_, text="Whom did you mean?")
    decision = item.first_decision
    assert decision is not None
    html = page(author, decision)
    assert "A moderator asks" in html
    assert "Whom did you mean?" in html
    assert "Max" not in html
    author.post(address(decision), {"body": "Nobody."})
    assert Appeal.objects.get().messages.count() == 3


@pytest.mark.parametrize("overturn", [True, False])
def test_the_answer_is_shown_and_closes_it(
    author: Client, ben: User, max_: User, overturn: bool
) -> None:
    decision = build.rejected(author=ben)
    build.ruled(build.appealed(decision), by=max_, overturn=overturn)
    html = page(author, decision)
    assert "Heard again." in html
    assert 'name="body"' not in html
    assert ("Your text is up again." in html) == overturn
    response = author.post(address(decision), {"body": "Kept words."})
    kept(response, "has been decided in the meantime")


def test_an_answer_that_is_late_says_so(author: Client, ben: User) -> None:
    decision = build.rejected(author=ben)
    build.appeal(decision)
    Appeal.objects.update(due_at=timezone.now())
    assert "Its answer is late" in page(author, decision)


def test_too_late_keeps_the_text(author: Client, ben: User) -> None:
    decision = build.rejected(author=ben)
    with time_machine.travel(decision.created_at + MAY_APPEAL_FOR * 2, tick=False):
        author.force_login(ben)
        kept(author.post(address(decision), {"body": "Kept words."}), "is over")
        assert 'name="body"' not in page(author, decision)
    assert not Appeal.objects.exists()


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("Kept words." + "x" * MOST_CHARACTERS, "room for 3,000 characters"),
        ("Kept words.\x00", "NUL character"),
        ("Kept words.\u202e", "change its direction"),
    ],
)
def test_bad_input_keeps_the_text(
    author: Client, ben: User, body: str, says: str
) -> None:
    decision = build.rejected(author=ben)
    kept(author.post(address(decision), {"body": body}), says)
    assert not Appeal.objects.exists()


@pytest.mark.parametrize("body", ["", "  \n ", "\u200b"])
def test_nothing_written_is_no_appeal(author: Client, ben: User, body: str) -> None:
    response = author.post(address(build.rejected(author=ben)), {"body": body})
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Please write something first." in response.content.decode()


def test_line_ends_count_once(author: Client, ben: User) -> None:
    body = "\r\n".join("x" * (MOST_CHARACTERS // 2))
    decision = build.rejected(author=ben)
    assert (
        author.post(address(decision), {"body": body}).status_code == HTTPStatus.FOUND
    )


def test_hostile_words_stay_words(author: Client, ben: User) -> None:
    decision = build.rejected(author=ben)
    author.post(address(decision), {"body": HOSTILE})
    html = page(author, decision)
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_other_peoples_decisions_do_not_exist(author: Client) -> None:
    decision = build.rejected(author=cast.cleo())
    assert author.get(address(decision)).status_code == HTTPStatus.NOT_FOUND
    response = author.post(address(decision), {"body": "Meddling."})
    assert response.status_code == HTTPStatus.NOT_FOUND
    assert not Appeal.objects.exists()


def test_the_mails_link_leads_through_signing_in(client: Client) -> None:
    decision = build.rejected(author=cast.ben())
    response = client.get(address(decision))
    expected = f"/accounts/login/?next={address(decision)}"
    assert response.headers["Location"] == expected


def test_what_is_no_refusal_has_nothing_to_appeal(author: Client, ben: User) -> None:
    build.published(author=ben)
    decision = Decision.objects.get()
    assert "nothing to appeal" in page(author, decision)
    kept(author.post(address(decision), {"body": "Kept words."}), "nothing to appeal")


def test_it_needs_a_csrf_token(ben: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ben)
    response = strict.post(address(build.rejected(author=ben)), {"body": "x"})
    assert response.status_code == HTTPStatus.FORBIDDEN
