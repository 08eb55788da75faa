"""The page of one item, and hostile text wherever a card shows any."""

from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comments.models import QueueItem
from ethicsforum.accounts.models import User
from tests import build, cast
from tests.comments.desk import build as desk

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script>\"'"
DESK = "/admin/comments/queueitem/"


@pytest.fixture
def moderator(client: Client, mia: User) -> Client:
    client.force_login(mia)
    return client


def page(client: Client, item: QueueItem) -> str:
    response = client.get(item.get_desk_url())
    assert response.status_code == HTTPStatus.OK
    return str(response.content.decode())


def test_all_that_one_decision_needs(moderator: Client, ben: User) -> None:
    above = build.published(body="Number 0.")
    for number in range(1, 5):
        above = build.published(body=f"Number {number}.", parent=above)
    build.rejected(author=ben, body="Refused before.")
    item = build.held(author=ben, body="The text.", parent=above)
    build.held(author=ben, body="Another that waits.")
    desk.note("Ask first.", member=ben)
    html = page(moderator, item)
    for expected in (
        "The text.",
        "2 comments further up",
        "Number 0.",
        "Number 4.",
        "Last decisions about the author",
        "Ask first.",
        "Another that waits.",
        "Decide these together with this one:",
        "to be read by",
        'value="reject_selected"',
    ):
        assert expected in html


def test_an_appeal_shows_what_is_contested(moderator: Client, max_: User) -> None:
    decision = build.rejected(by=max_)
    html = page(moderator, desk.appeal(decision, "It was no insult."))
    for expected in (
        "The decision that is contested",
        "version 1, as it read then",
        "About the person.",
        "It was no insult.",
        "Overturn: put the text up",
        "Uphold: the decision stands",
    ):
        assert expected in html


def test_reports_with_reasons_notes_and_weights(moderator: Client) -> None:
    made = build.published()
    desk.report(made, cast.cleo(), note="That is us.", weight=125)
    desk.report(made, None, name="A. Lawyer", note="Illegal here.")
    html = page(moderator, desk.reported(made))
    for expected in (
        "2 reports",
        "weight 1.25",
        "That is us.",
        "A. Lawyer",
        "Notice of illegal content",
        "Leave it up",
        "Take it down",
    ):
        assert expected in html


def test_a_second_opinion_shows_no_first_one(moderator: Client, max_: User) -> None:
    decision = build.rejected(by=max_)
    desk.note("I refused it.", comment=decision.comment)
    html = page(moderator, desk.second_opinion(decision))
    assert "I refused it." not in html
    assert "Max" not in html
    assert "About the person." not in html


def test_a_done_item_has_no_buttons(moderator: Client, mia: User) -> None:
    item = QueueItem.objects.get(comment=build.rejected(by=mia).comment)
    html = page(moderator, item)
    assert "data-approve" not in html
    assert "About the person." in html


def test_the_cost_is_fixed(moderator: Client, ben: User) -> None:
    item = build.held(author=ben, body="See https://clocks.example/")
    page(moderator, item)
    with CaptureQueriesContext(connection) as few:
        page(moderator, item)
    for number in range(8):
        build.held(author=ben, body=f"https://clocks.example/{number}")
        build.rejected(author=ben, body=f"Refused {number}.")
        desk.note(f"Note {number}.", member=ben)
    with CaptureQueriesContext(connection) as many:
        page(moderator, item)
    assert len(many) == len(few)
    assert len(many) <= 30


def hostile_items() -> list[QueueItem]:
    author = cast.member("Mallory")
    made = build.published(author=author, body="Up.")
    desk.report(made, cast.cleo(), note=HOSTILE)
    desk.report(made, None, name=HOSTILE, note=HOSTILE)
    desk.note(HOSTILE, member=author)
    desk.note(HOSTILE, comment=made)
    body = f"{HOSTILE} [x](javascript:alert(1)) ![x](https://e.org/{HOSTILE})"
    refusal = build.rejected(by=cast.max_(), author=author, body="No.")
    items = [
        desk.reported(made),
        build.held(author=author, body=body),
        desk.edited("Before.", f"After {HOSTILE}", author=author),
        desk.appeal(refusal, HOSTILE),
    ]
    User.objects.filter(pk=author.pk).update(username=f"M{HOSTILE}")
    return items


def test_hostile_text_is_harmless_everywhere(moderator: Client) -> None:
    items = hostile_items()
    pages = [page(moderator, item) for item in items]
    pages.append(moderator.get(DESK).content.decode())
    for html in pages:
        assert "<script>alert(1)" not in html
        assert 'href="javascript' not in html
        assert '<img src="http' not in html
        assert " style=" not in html


def test_decide_together_leads_to_the_page_that_asks(
    moderator: Client, ben: User
) -> None:
    items = [build.held(author=ben, body=f"Number {n}.") for n in range(3)]
    fields: dict[str, Any] = {
        "action": "reject_selected",
        "_selected_action": [item.pk for item in items],
    }
    html = moderator.post(DESK, fields).content.decode()
    assert "These 3 comments will be decided" in html
    assert "One reason for all of them" in html
    assert QueueItem.objects.waiting().count() == 3
