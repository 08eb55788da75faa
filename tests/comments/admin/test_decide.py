"""POST /admin/comments/queueitem/<id>/decide/"""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.actions.claiming import claim
from comments.models import Decision, QueueItem
from comments.states import DeciderKind, State
from ethicsforum.accounts.models import User
from tests import build, cast, queue

pytestmark = pytest.mark.django_db


def address(item: QueueItem) -> str:
    return f"/admin/comments/queueitem/{item.pk}/decide/"


def post(client: Client, item: QueueItem, **fields: Any) -> Any:
    fields = {"version": item.version, "outcome": "approve", **fields}
    return client.post(address(item), fields)


def test_approve(client: Client, mia: User) -> None:
    item = build.held()
    client.force_login(mia)
    response = post(client, item)
    assert response.status_code == HTTPStatus.FOUND
    assert build.fresh(item.comment).state == State.PUBLISHED
    decision = Decision.objects.get(to_state=State.PUBLISHED, decider=mia)
    assert decision.decider_kind == DeciderKind.MODERATOR


def test_reject_with_rule_and_explanation(client: Client, mia: User) -> None:
    item = build.held()
    client.force_login(mia)
    post(client, item, outcome="reject", rule="privacy", explanation="An address.")
    decision = Decision.objects.get(to_state=State.REJECTED)
    assert decision.rule == build.rule("privacy")
    assert decision.explanation == "An address."
    assert build.fresh(item.comment).state == State.REJECTED


def test_reject_without_words_sends_the_rules_own(client: Client, mia: User) -> None:
    item = build.held()
    client.force_login(mia)
    post(client, item, outcome="reject", rule="privacy")
    decision = Decision.objects.get(to_state=State.REJECTED)
    assert decision.explanation == build.rule("privacy").template


def test_a_rule_chosen_and_not_used_is_not_part_of_an_approval(
    client: Client, mia: User
) -> None:
    item = build.held()
    client.force_login(mia)
    post(client, item, rule="privacy")
    assert Decision.objects.get(decider=mia).rule is None


def test_the_next_item_follows(client: Client, mia: User) -> None:
    first, second = build.held(body="One."), build.held(body="Two.")
    client.force_login(mia)
    assert post(client, first).url == second.get_desk_url()
    assert post(client, second).url == "/admin/comments/queueitem/"


def test_from_the_list_back_to_the_list_at_the_next_item(
    client: Client, mia: User
) -> None:
    first, second = build.held(body="One."), build.held(body="Two.")
    client.force_login(mia)
    response = post(client, first, **{"from": "list", "filters": "why=new-member"})
    assert response.url == (
        f"/admin/comments/queueitem/?why=new-member#item-{second.pk}"
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"outcome": "reject"},
        {"outcome": "reject", "rule": "no-such-rule"},
        {"outcome": "remove"},
        {"outcome": ""},
        {"version": ""},
        {"version": "x"},
        {"version": 2**63},
        {"outcome": "reject", "rule": "person", "explanation": "x" * 2001},
        {"outcome": "reject", "rule": "person", "explanation": "a\x00b"},
    ],
)
def test_bad_input_changes_nothing_and_keeps_the_words(
    client: Client, mia: User, fields: dict[str, Any]
) -> None:
    item = build.held()
    client.force_login(mia)
    response = post(client, item, **{"explanation": "Kept words.", **fields})
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    kept = fields.get("explanation", "Kept words.").replace("\x00", "")[:50]
    assert kept in response.content.decode().replace("\x00", "")
    item.refresh_from_db()
    assert item.is_open


def test_the_second_of_two_moderators_is_told_who_was_first(
    client: Client, mia: User, max_: User
) -> None:
    item = build.held()
    client.force_login(mia)
    post(client, item)
    client.force_login(max_)
    fields = {"outcome": "reject", "rule": "person", "explanation": "My own draft."}
    response = post(client, item, **fields)
    assert response.status_code == HTTPStatus.CONFLICT
    page = response.content.decode()
    assert "Mia" in page
    assert "published" in page
    assert "My own draft." in page
    assert not Decision.objects.filter(decider=max_).exists()


def test_a_double_click_decides_once(client: Client, mia: User) -> None:
    item = build.held()
    client.force_login(mia)
    assert post(client, item).status_code == HTTPStatus.FOUND
    assert post(client, item).status_code == HTTPStatus.CONFLICT
    assert Decision.objects.filter(decider=mia).count() == 1


@pytest.mark.parametrize("who", ["nobody", "ben", "eda", "staff"])
def test_without_the_permission_it_is_forbidden(client: Client, who: str) -> None:
    item = build.held()
    people = {"ben": cast.ben, "eda": cast.eda}
    if who in people:
        client.force_login(people[who]())
    if who == "staff":
        client.force_login(cast.member("Stan", is_staff=True))
    assert post(client, item).status_code == HTTPStatus.FORBIDDEN
    item.refresh_from_db()
    assert item.is_open


def test_a_moderator_who_is_no_longer_staff_is_forbidden(
    client: Client, mia: User
) -> None:
    client.force_login(mia)
    User.objects.filter(pk=mia.pk).update(is_staff=False)
    assert post(client, build.held()).status_code == HTTPStatus.FORBIDDEN


def test_get_is_not_allowed(client: Client, mia: User) -> None:
    item = build.held()
    client.force_login(mia)
    assert client.get(address(item)).status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_a_missing_item_is_not_found(client: Client, mia: User) -> None:
    client.force_login(mia)
    fields = {"outcome": "approve", "version": 1}
    response = client.post("/admin/comments/queueitem/999999/decide/", fields)
    assert response.status_code == HTTPStatus.NOT_FOUND


def test_it_needs_a_csrf_token(mia: User) -> None:
    item = build.held()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(mia)
    assert post(strict, item).status_code == HTTPStatus.FORBIDDEN
    item.refresh_from_db()
    assert item.is_open


def test_a_moderator_who_lost_the_permission_is_forbidden(
    client: Client, mia: User
) -> None:
    item = build.held()
    client.force_login(mia)
    assert client.get(item.get_desk_url()).status_code == HTTPStatus.OK
    mia.groups.clear()
    assert post(client, item).status_code == HTTPStatus.FORBIDDEN
    item.refresh_from_db()
    assert item.is_open


# --- The next item --------------------------------------------------------


def test_the_page_may_say_what_follows(client: Client, mia: User) -> None:
    items = [build.held(body=f"Number {number}.") for number in range(3)]
    client.force_login(mia)
    response = post(client, items[0], next=items[2].pk)
    assert response.url == items[2].get_desk_url()


@pytest.mark.parametrize("hint", ["x", "9" * 30, "https://elsewhere.example/", "-1"])
def test_a_hint_that_is_no_id_is_passed_over(
    client: Client, mia: User, hint: str
) -> None:
    first, second = build.held(body="One."), build.held(body="Two.")
    client.force_login(mia)
    assert post(client, first, next=hint).url == second.get_desk_url()


@pytest.mark.parametrize("filters", ["x" * 5000, "a=1\r\nSet-Cookie: b=2"])
def test_filters_never_break_the_answer(
    client: Client, mia: User, filters: str
) -> None:
    client.force_login(mia)
    response = post(client, build.held(), **{"from": "list", "filters": filters})
    assert response.status_code == HTTPStatus.FOUND
    assert "\n" not in response.url
    assert len(response.url) < 2000


# --- A colleague's claim --------------------------------------------------


def test_a_colleagues_claim_keeps_the_draft(
    client: Client, mia: User, max_: User
) -> None:
    item = build.held()
    claim(item, moderator=max_)
    client.force_login(mia)
    fields = {"outcome": "reject", "rule": "person", "explanation": "My own draft."}
    response = post(client, item, **fields)
    assert response.status_code == HTTPStatus.CONFLICT
    html = response.content.decode()
    assert "<bdi>Max</bdi> has this item until" in html
    assert "My own draft." in html
    assert "release/" not in html
    item.refresh_from_db()
    assert item.is_open


def test_ones_own_claim_is_no_hindrance_and_ends(client: Client, mia: User) -> None:
    item = build.held()
    claim(item, moderator=mia)
    client.force_login(mia)
    assert post(client, item).status_code == HTTPStatus.FOUND
    item.refresh_from_db()
    assert (item.is_open, item.claimed_by) == (False, None)


def test_a_claim_that_has_ended_is_none(client: Client, mia: User, max_: User) -> None:
    item = build.held()
    claim(item, moderator=max_)
    past = timezone.now() - timedelta(seconds=1)
    QueueItem.objects.filter(pk=item.pk).update(claimed_until=past)
    client.force_login(mia)
    assert post(client, item).status_code == HTTPStatus.FOUND


# --- In one round trip, for the script ------------------------------------


def fetch(client: Client, item: QueueItem, **fields: Any) -> Any:
    fields = {"version": item.version, "outcome": "approve", **fields}
    return client.post(address(item), fields, headers={"X-Requested-With": "fetch"})


def test_fetch_done(client: Client, mia: User) -> None:
    item = build.held()
    client.force_login(mia)
    response = fetch(client, item)
    assert (response.status_code, response["X-Item-State"]) == (HTTPStatus.OK, "done")
    html = response.content.decode()
    assert "Published." in html
    assert f"{item.pk}/undo/" in html
    assert "<html" not in html


def test_fetch_conflict(client: Client, mia: User, max_: User) -> None:
    item = build.held()
    client.force_login(mia)
    post(client, item)
    client.force_login(max_)
    fields = {"outcome": "reject", "rule": "person", "explanation": "My own draft."}
    response = fetch(client, item, **fields)
    assert response.status_code == HTTPStatus.CONFLICT
    assert response["X-Item-State"] == "conflict"
    html = response.content.decode()
    assert "Mia" in html
    assert "My own draft." in html
    assert "<html" not in html


def test_fetch_refused(client: Client, mia: User) -> None:
    client.force_login(mia)
    response = fetch(client, build.held(), outcome="reject")
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert response["X-Item-State"] == "refused"
    html = response.content.decode()
    assert "Please choose the rule it breaks." in html
    assert "<html" not in html


@pytest.mark.parametrize(("by_script", "number"), [(True, 12), (False, 13)])
@pytest.mark.parametrize(
    "fields",
    [
        {"outcome": "approve"},
        {"outcome": "reject", "rule": "person", "explanation": "Words."},
    ],
)
def test_as_many_queries_whatever_waits(
    client: Client, mia: User, by_script: bool, number: int, fields: dict[str, str]
) -> None:
    """Savepoints included; they stand for BEGIN and COMMIT. Without the script one
    more: what the next page is to show."""
    send = fetch if by_script else post
    client.force_login(mia)
    first = build.held(body="The first.")
    queue.many_held(1)
    with CaptureQueriesContext(connection) as few:
        send(client, first, **fields)
    second = build.held(body="The second.")
    queue.many_held(500)
    with CaptureQueriesContext(connection) as many:
        send(client, second, **fields)
    assert len(few) == len(many) == number
