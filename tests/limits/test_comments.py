"""Each door of the discussion beyond its limit: 429, when to try again, and what was
typed is still there."""

from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from types import ModuleType
from typing import Any

import pytest
from django.test import Client

from comments.models import Appeal, Comment, Follow, Report, Revision, Vote
from comments.views import (
    composing,
    decisions,
    following,
    reporting,
    search,
    voting,
    writing,
)
from ethicsforum.accounts.models import User
from ethicsforum.limits import table
from tests import build

pytestmark = pytest.mark.django_db
HERE = "/articles/triage/comments/"
PART = {"HX-Request": "true"}
WORDS = "This came faster than our limits allow. Please try again in "


@pytest.fixture
def only_one(monkeypatch: pytest.MonkeyPatch) -> Callable[[ModuleType, str], None]:
    """Make a limit of a view allow one act an hour to each member and address."""

    def narrow(views: ModuleType, name: str) -> None:
        limit = replace(getattr(views, name), member=1, address=100, per=3600)
        monkeypatch.setattr(views, name, limit)

    return narrow


@pytest.fixture
def member(client: Client, ben: User) -> Client:
    build.article()
    client.force_login(ben)
    return client


def refused(response: Any) -> str:
    assert response.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert 0 < int(response.headers["Retry-After"]) <= 3600
    said = str(response.content.decode())
    assert WORDS in said
    return said


def test_a_comment(member: Client, only_one: Any) -> None:
    only_one(writing, "POSTING")
    assert member.post(HERE, {"body": "The first."}).status_code == HTTPStatus.FOUND
    page = refused(member.post(HERE, {"body": "The <second>."}))
    assert "The &lt;second&gt;." in page
    assert 'id="comment-form"' in page
    assert "Your text is kept below." in page
    assert Comment.objects.count() == 1


def test_a_comment_sent_in_place(member: Client, only_one: Any) -> None:
    only_one(writing, "POSTING")
    member.post(HERE, {"body": "The first."})
    fields = {"body": "The second.", "looked": "1"}
    part = refused(member.post(HERE, fields, headers=PART))
    assert "<html" not in part
    assert "Your text is still here." in part
    assert Comment.objects.count() == 1


def test_what_is_refused_for_another_reason_is_not_counted(
    member: Client, only_one: Any
) -> None:
    only_one(writing, "POSTING")
    for _ in range(3):
        answer = member.post(HERE, {"body": " "})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert member.post(HERE, {"body": "The first."}).status_code == HTTPStatus.FOUND


def test_a_preview_of_the_page(member: Client, only_one: Any) -> None:
    only_one(writing, "PREVIEWING")
    fields = {"body": "Not yet.", "preview": "1"}
    assert member.post(HERE, fields).status_code == HTTPStatus.OK
    assert "Not yet." in refused(member.post(HERE, fields))


def test_a_preview_while_typing(member: Client, only_one: Any) -> None:
    only_one(composing, "PREVIEWING")
    there = "/comments/preview/"
    assert member.post(there, {"body": "A."}).status_code == HTTPStatus.OK
    part = refused(member.post(there, {"body": "A b."}, headers=PART))
    assert "<html" not in part


def test_an_edit(member: Client, ben: User, only_one: Any) -> None:
    only_one(writing, "EDITING")
    there = f"/comments/{build.published(author=ben).pk}/edit/"
    assert member.post(there, {"body": "Better."}).status_code == HTTPStatus.FOUND
    assert "Still better." in refused(member.post(there, {"body": "Still better."}))
    assert not Revision.objects.filter(source="Still better.").exists()


def test_names_while_typing(member: Client, only_one: Any) -> None:
    only_one(composing, "NAMING")
    there = "/members/complete/?article=triage&q=a"
    assert member.get(there).status_code == HTTPStatus.OK
    answer = member.get(there)
    assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert answer.json() == {"names": []}


def test_a_vote(member: Client, ann: User, only_one: Any) -> None:
    only_one(voting, "VOTING")
    there = f"/comments/{build.published(author=ann).pk}/votes/"
    yes = {"axis": "value", "choice": "up"}
    assert member.post(there, yes).status_code == HTTPStatus.FOUND
    refused(member.post(there, {**yes, "choice": "down"}))
    part = refused(member.post(there, {**yes, "choice": "down"}, headers=PART))
    assert part.lstrip().startswith('<div class="votes"')
    assert Vote.objects.get().value == 1


def test_following(member: Client, only_one: Any) -> None:
    only_one(following, "FOLLOWING")
    there = "/articles/triage/follow/"
    assert member.post(there, {"choice": "on"}).status_code == HTTPStatus.FOUND
    refused(member.post(there, {"choice": "off"}))
    part = refused(member.post(there, {"choice": "off"}, headers=PART))
    assert part.lstrip().startswith('<div class="attention"')
    assert Follow.objects.count() == 1


def test_a_report(member: Client, ann: User, only_one: Any) -> None:
    only_one(reporting, "REPORTING")
    first, second = build.published(author=ann), build.published(author=ann, body="B.")
    fields = {"rule": "person", "note": "Look at the end."}
    answer = member.post(f"/comments/{first.pk}/report/", fields)
    assert answer.status_code == HTTPStatus.FOUND
    page = refused(member.post(f"/comments/{second.pk}/report/", fields))
    assert "Look at the end." in page
    assert Report.objects.count() == 1


def test_a_notice_from_anybody(client: Client, only_one: Any, monkeypatch: Any) -> None:
    one = replace(table.NOTIFYING, address=1)
    monkeypatch.setattr(reporting, "NOTIFYING", one)
    comment = build.published()
    fields = {
        "where": str(comment.pk),
        "note": "It says where somebody lives, with the number of the house.",
        "law": "privacy",
        "name": "Nora",
        "good_faith": "on",
    }
    answer = client.post("/moderation/notice/", {**fields, "email": "n@example.org"})
    assert answer.status_code == HTTPStatus.FOUND
    answer = client.post("/moderation/notice/", {**fields, "email": "o@example.org"})
    assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert 0 < int(answer.headers["Retry-After"]) <= 3600
    assert fields["note"] in answer.content.decode()
    assert Report.objects.count() == 1


def test_an_appeal(member: Client, ben: User, only_one: Any) -> None:
    only_one(decisions, "APPEALING")
    there = f"/decisions/{build.rejected(author=ben).pk}/appeal/"
    assert member.post(there, {"body": "No."}).status_code == HTTPStatus.FOUND
    assert "And more." in refused(member.post(there, {"body": "And more."}))
    assert Appeal.objects.get().messages.count() == 1


def test_a_search(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    one = replace(table.SEARCHING, address=1, per=3600)
    monkeypatch.setattr(search, "SEARCHING", one)
    assert client.get("/search/?q=triage").status_code == HTTPStatus.OK
    assert 'value="waiting lists"' in refused(client.get("/search/?q=waiting+lists"))
    # The form itself looks for nothing.
    assert client.get("/search/").status_code == HTTPStatus.OK


def test_a_search_costs_no_query_more(
    client: Client, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = replace(table.SEARCHING, address=1, per=3600)
    monkeypatch.setattr(search, "SEARCHING", one)
    client.get("/search/?q=triage")
    with django_assert_num_queries(0):
        client.get("/search/?q=triage")


def test_taking_back_ones_own_words_has_no_limit(
    member: Client, ben: User, settings: Any
) -> None:
    settings.LIMITS_PERCENT = 1
    for number in range(3):
        comment = build.published(author=ben, body=f"Thought {number}.")
        answer = member.post(f"/comments/{comment.pk}/withdraw/")
        assert answer.status_code == HTTPStatus.FOUND
