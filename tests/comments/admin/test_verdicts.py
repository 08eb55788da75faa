"""What the desk asks for each kind of item, and what it says afterwards."""

from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from comments.actions.deciding import Reason
from comments.actions.verdicts import Verdict
from comments.admin.desk.words import said
from comments.admin.forms import DecisionForm
from comments.models import Decision, QueueItem, SecondOpinion
from ethicsforum.accounts.models import User
from tests import queue

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("outcome", ["approve", "reject"])
def test_an_appeal_is_answered_with_a_reason(
    client: Client, max_: User, outcome: str
) -> None:
    item = queue.appealed()
    client.force_login(max_)
    at = f"/admin/comments/queueitem/{item.pk}/decide/"
    sent = {"version": 1, "outcome": outcome, "rule": "person", "explanation": " "}
    response = client.post(at, sent)
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    item.refresh_from_db()
    assert item.is_open


def form(kind: str, **fields: Any) -> DecisionForm:
    return DecisionForm({"version": "1", **fields}, kind=kind)


@pytest.mark.parametrize(
    ("kind", "fields", "errors"),
    [
        ("appeal", {"outcome": "approve", "explanation": "Why."}, set()),
        ("appeal", {"outcome": "reject", "explanation": "Why."}, set()),
        ("appeal", {"outcome": "approve"}, {"explanation"}),
        ("reported", {"outcome": "approve"}, set()),
        ("reported", {"outcome": "reject"}, {"rule"}),
        ("held", {"outcome": "reject", "rule": "person"}, set()),
    ],
)
def test_what_each_kind_of_item_needs(
    kind: str, fields: dict[str, str], errors: set[str]
) -> None:
    assert set(form(kind, **fields).errors) == errors


def test_the_answer_to_an_appeal_has_no_rule_of_its_own() -> None:
    sent = form("appeal", outcome="reject", rule="person", explanation="Why.")
    assert sent.is_valid()
    assert sent.verdict() == Verdict(False, 1, Reason(explanation="Why."))


@pytest.mark.parametrize(
    ("kind", "fields", "words"),
    [
        ("reported", {"measure": "keep"}, "Left up."),
        ("reported", {"to_state": "published"}, "Left up."),
        ("reported", {"to_state": "removed"}, "Removed."),
        ("appeal", {"measure": "overturn"}, "Overturned."),
        ("appeal", {"measure": "uphold"}, "Upheld."),
        ("held", {"to_state": "published"}, "Published."),
        ("held", {"to_state": "rejected"}, "Rejected."),
    ],
)
def test_what_was_done_is_said(kind: str, fields: dict[str, str], words: str) -> None:
    assert said(Decision(**fields), QueueItem(kind=kind)).startswith(words)


@pytest.mark.parametrize(
    ("first", "words"), [(True, "You agree"), (False, "was another")]
)
def test_a_second_opinion_is_told_afterwards(first: bool, words: str) -> None:
    opinion = SecondOpinion(first_approves=first, approves=True)
    text = said(opinion, QueueItem(kind="held"))
    assert words in text
    assert "nothing was changed" in text
