"""What each card knows, and what a page of them costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.desk import Card, cards
from comments.models import QueueItem
from ethicsforum.accounts.models import User
from tests import build, cast
from tests.comments.desk import build as desk

pytestmark = pytest.mark.django_db


def card_of(item: QueueItem, viewer: User | None = None) -> Card:
    return cards([desk.desk_item(item)], viewer)[0]


def test_an_edit_is_compared_with_the_text_that_is_up() -> None:
    card = card_of(desk.edited("The old text.", "The new text."))
    assert card.is_edit
    assert [piece.text for piece in card.changes][1:3] == ["old ", "new "]


def test_a_first_text_is_no_edit() -> None:
    card = card_of(build.held())
    assert not card.is_edit
    assert card.changes == []


def test_a_second_opinion_on_what_is_up_is_no_edit_and_tells_no_notes() -> None:
    made = build.published()
    item = desk.second_opinion(made.decisions.get())
    desk.note("I approved it.", comment=made)
    card = card_of(item)
    assert not card.is_edit
    assert card.comment_notes == ()


def test_what_is_not_on_the_page_is_named() -> None:
    card = card_of(build.held(body="A <b onclick=x>bold</b> claim."))
    assert [str(name) for _part, name in card.left_out] == ["b", "onclick"]


def test_why_here_in_words() -> None:
    card = card_of(desk.held_for("watched-word", {"phrases": "idiot"}))
    assert card.severity_name == "serious"
    assert card.because == "watched word"
    assert card.allowance == "4\xa0hours"
    assert card.why == ["Watched word: idiot"]
    assert not card.is_overdue


def test_an_item_past_its_time_is_overdue() -> None:
    item = build.held()
    QueueItem.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    assert card_of(item).is_overdue


def test_the_claim_says_how_long_it_runs(max_: User) -> None:
    item = build.held()
    until = timezone.now() + timedelta(minutes=9, seconds=30)
    QueueItem.objects.update(claimed_by=max_, claimed_until=until)
    card = card_of(item)
    assert (card.claimant, card.claim_minutes) == (max_, 10)


def test_notes_on_the_comment_and_on_its_author_newest_first(ben: User) -> None:
    item = build.held(author=ben)
    for number in range(5):
        desk.note(f"Note {number}.", comment=item.comment)
    desk.note("On Ben.", member=ben)
    card = card_of(item)
    assert [note.text for note in card.comment_notes] == [
        "Note 4.",
        "Note 3.",
        "Note 2.",
    ]
    assert [note.text for note in card.author_notes] == ["On Ben."]


def test_the_rule_hint_comes_from_the_report_or_the_contested_decision() -> None:
    made = build.published()
    desk.report(made, cast.cleo(), rule=build.rule("privacy"))
    assert card_of(desk.reported(made)).rule_hint == "privacy"
    refusal = build.rejected(body="Another.")
    assert card_of(desk.appeal(refusal)).rule_hint == "person"


def rich_item(number: int) -> QueueItem:
    """An item with something of everything."""
    author = cast.member(f"Author{number}")
    parent = build.published(author=cast.cleo(), body=f"Parent {number}.")
    child = build.published(author=author, body=f"Child {number}.", parent=parent)
    desk.report(child, cast.cleo(), note="Look.", weight=50)
    desk.note("A note.", member=author)
    desk.limited(author)
    desk.appeal(build.rejected(author=author, body=f"No {number}."), "Please.")
    return desk.reported(child)


def queries_of(count: int, viewer: User) -> int:
    # By age, so that two of them are an appeal and a report.
    rows = list(QueueItem.objects.for_desk().waiting().order_by("pk")[:count])
    with CaptureQueriesContext(connection) as caught:
        made = cards(rows, viewer)
        for card in made:
            assert card.why is not None
            assert card.rule_hint is not None
            assert card.hearing is None or card.hearing.messages
    return len(caught)


def test_twenty_cards_cost_what_two_do(mia: User) -> None:
    for number in range(10):
        rich_item(number)
    assert QueueItem.objects.waiting().count() == 20
    assert queries_of(20, mia) == queries_of(2, mia)
    assert queries_of(20, mia) == 11
