"""POST claim/, release/, take/ and presence/."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
import time_machine
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from comments.actions.claiming import claim
from comments.actions.presence import forget_presences, mark_present
from comments.models import Presence, QueueItem
from ethicsforum.accounts.models import User
from tests import build, cast, queue

pytestmark = pytest.mark.django_db
DESK = "/admin/comments/queueitem/"
VERBS = ["claim", "release", "presence", "snooze", "wake", "escalate", "note", "undo"]


@pytest.fixture
def desk(client: Client, mia: User) -> Client:
    client.force_login(mia)
    return client


def at(item: QueueItem, verb: str) -> str:
    return f"{DESK}{item.pk}/{verb}/"


def fresh(item: QueueItem) -> QueueItem:
    return QueueItem.objects.get(pk=item.pk)


def test_claim_and_release(desk: Client, mia: User) -> None:
    item = build.held()
    response = desk.post(at(item, "claim"))
    assert response.headers["Location"] == item.get_desk_url()
    assert fresh(item).claimant() == mia
    desk.post(at(item, "release"))
    assert fresh(item).claimant() is None


def test_back_to_the_list_that_the_button_was_on(desk: Client) -> None:
    item = build.held()
    fields = {"from": "list", "filters": "queue=reported"}
    response = desk.post(at(item, "claim"), fields)
    assert response.headers["Location"] == f"{DESK}?queue=reported#item-{item.pk}"


def test_what_a_colleague_has_is_not_claimed(desk: Client, max_: User) -> None:
    item = build.held()
    claim(item, moderator=max_)
    response = desk.post(at(item, "claim"))
    assert response.status_code == HTTPStatus.CONFLICT
    assert "Max has it until" in response.content.decode()
    assert fresh(item).claimant() == max_
    desk.post(at(item, "release"))
    assert fresh(item).claimant() == max_


def test_what_is_decided_is_not_claimed(desk: Client, max_: User) -> None:
    item = QueueItem.objects.get(closing_decision=build.rejected(by=max_))
    response = desk.post(at(item, "claim"))
    assert response.status_code == HTTPStatus.CONFLICT
    assert "it is decided already (Max: rejected)" in response.content.decode()


def test_the_next_twenty_and_where_they_are(desk: Client, mia: User) -> None:
    queue.many_held(22)
    response = desk.post(f"{DESK}take/", {"queue": "waiting"}, follow=True)
    assert response.redirect_chain[0][0] == f"{DESK}?queue=mine"
    assert "20 items are yours." in response.content.decode()
    assert QueueItem.objects.claimed_by(mia).count() == 20
    again = desk.post(f"{DESK}take/", follow=True).content.decode()
    assert "Nothing was added" in again


def test_the_next_reports(desk: Client, mia: User) -> None:
    build.held(body="Waits.")
    item = queue.reported()
    desk.post(f"{DESK}take/", {"queue": "reported"})
    assert QueueItem.objects.claimed_by(mia).get() == item


@pytest.mark.parametrize("who", ["nobody", "ben", "eda", "staff"])
def test_for_moderators_alone(client: Client, who: str) -> None:
    item = build.held()
    people = {"ben": cast.ben, "eda": cast.eda}
    if who == "staff":
        client.force_login(cast.member("Stan", is_staff=True))
    elif who in people:
        client.force_login(people[who]())
    addresses = [at(item, verb) for verb in VERBS]
    for address in [*addresses, f"{DESK}take/"]:
        fields = {"nap": "hour", "note": "Words.", "escalation": "Words."}
        response = client.post(address, fields)
        assert response.status_code == HTTPStatus.FORBIDDEN, address
    untouched = fresh(item)
    assert (untouched.claimed_by, untouched.snoozed_until) == (None, None)
    assert untouched.escalated_at is None
    assert not Presence.objects.exists()


@pytest.mark.parametrize("verb", [*VERBS, "take"])
def test_get_changes_nothing(desk: Client, verb: str) -> None:
    item = build.held()
    address = f"{DESK}take/" if verb == "take" else at(item, verb)
    assert desk.get(address).status_code == HTTPStatus.METHOD_NOT_ALLOWED


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("pk", ["999999", "9" * 40])
def test_an_item_that_is_none_is_not_found(desk: Client, verb: str, pk: str) -> None:
    response = desk.post(f"{DESK}{pk}/{verb}/")
    assert response.status_code == HTTPStatus.NOT_FOUND


# --- Presence -------------------------------------------------------------


def here(client: Client, item: QueueItem) -> dict[str, Any]:
    answer: dict[str, Any] = client.post(at(item, "presence")).json()
    return answer


def test_presence_names_colleagues_seen_a_moment_ago(desk: Client, max_: User) -> None:
    item = build.held()
    mark_present(item, moderator=max_)
    expected = {"open": True, "version": 1, "others": ["Max"], "claim": None}
    assert here(desk, item) == expected
    assert here(desk, item)["others"] == ["Max"]
    assert Presence.objects.count() == 2
    later = timezone.now() + timedelta(seconds=31)
    with time_machine.travel(later, tick=False):
        assert here(desk, item)["others"] == []


def test_presence_keeps_ones_own_claim_running(desk: Client, mia: User) -> None:
    item = build.held()
    claim(item, moderator=mia)
    before = fresh(item).claimed_until
    assert before is not None
    with time_machine.travel(timezone.now() + timedelta(minutes=5), tick=False):
        told = here(desk, item)["claim"]
    assert (told["by"], told["mine"]) == ("Mia", True)
    after = fresh(item).claimed_until
    assert after is not None
    assert after > before
    assert told["until"] == after.isoformat()


def test_presence_does_not_prolong_a_colleagues_claim(desk: Client, max_: User) -> None:
    item = build.held()
    claim(item, moderator=max_)
    before = fresh(item).claimed_until
    told = here(desk, item)["claim"]
    assert (told["by"], told["mine"]) == ("Max", False)
    assert fresh(item).claimed_until == before


def test_presence_tells_that_it_was_decided(desk: Client) -> None:
    item = QueueItem.objects.get(closing_decision=build.rejected())
    told = here(desk, item)
    assert (told["open"], told["version"]) == (False, item.version)


def test_old_presences_are_forgotten(mia: User, max_: User) -> None:
    item = build.held()
    mark_present(item, moderator=mia)
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        mark_present(item, moderator=max_)
        assert forget_presences() == 1
    assert Presence.objects.get().moderator == max_


# --- The small forms on a card --------------------------------------------


def small(name: str, item: QueueItem, moderator: User) -> str:
    template = f"admin/comments/queueitem/_{name}.html"
    return render_to_string(template, {"item": fresh(item), "moderator": moderator})


def test_release_is_offered_to_the_owner_alone(mia: User, max_: User) -> None:
    item = build.held()
    assert "/claim/" in small("claim", item, mia)
    claim(item, moderator=mia)
    assert "/release/" in small("claim", item, mia)
    others = small("claim", item, max_)
    assert "<bdi>Mia</bdi> has it until" in others
    assert "/release/" not in others
    assert "/claim/" not in others


def test_each_button_names_the_items_own_form(mia: User) -> None:
    item = build.held()
    for name in ("claim", "snooze", "escalate", "note"):
        html = small(name, item, mia)
        assert html.count("<button") == html.count(
            f'<button type="submit" form="decide-{item.pk}"'
        )
        assert "<form" not in html


def test_undo_is_offered_to_whoever_decided_while_it_works(
    mia: User, max_: User
) -> None:
    decision = build.rejected(by=mia)
    item = QueueItem.objects.get(closing_decision=decision)
    assert f'name="decision" value="{decision.pk}"' in small("undo", item, mia)
    assert small("undo", item, max_).strip() == ""
    with time_machine.travel(timezone.now() + timedelta(seconds=20), tick=False):
        assert small("undo", item, mia).strip() == ""
