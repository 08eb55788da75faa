"""POST undo/ on the desk; what it brings about is in actions/test_undoing."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from comments.actions.deciding import Decider, Reason, record
from comments.actions.queueing import close_items
from comments.models import Decision, Notification, QueueItem
from comments.states import Measure
from ethicsforum.accounts.models import User
from tests import build, queue

pytestmark = pytest.mark.django_db
FETCH = {"X-Requested-With": "fetch"}


@pytest.fixture
def desk(client: Client, mia: User) -> Client:
    client.force_login(mia)
    return client


def decided(by: User) -> QueueItem:
    return QueueItem.objects.get(closing_decision=build.rejected(by=by))


def undo(client: Client, item: QueueItem, **more: Any) -> Any:
    fields = {"decision": item.closing_decision_id or 0, **more}
    return client.post(f"/admin/comments/queueitem/{item.pk}/undo/", fields)


def test_undo(desk: Client, mia: User) -> None:
    item = decided(mia)
    response = undo(desk, item)
    assert response.url == item.get_desk_url()
    assert QueueItem.objects.waiting().get() == item
    assert not Notification.objects.exists()
    assert "it waits again" in desk.get(response.url).content.decode()


def test_undo_for_the_script(desk: Client, mia: User) -> None:
    item = decided(mia)
    at = f"/admin/comments/queueitem/{item.pk}/undo/"
    sent = {"decision": item.closing_decision_id}
    response = desk.post(at, sent, headers=FETCH)
    assert (response.status_code, response["X-Item-State"]) == (200, "undone")
    again = desk.post(at, sent, headers=FETCH)
    assert (again.status_code, again["X-Item-State"]) == (409, "conflict")
    assert "<html" not in again.content.decode()


def test_too_late_says_how_to_reverse_it_instead(desk: Client, mia: User) -> None:
    item = decided(mia)
    with time_machine.travel(timezone.now() + timedelta(seconds=16), tick=False):
        response = undo(desk, item)
    assert response.status_code == HTTPStatus.CONFLICT
    html = response.content.decode()
    assert "Too late to undo" in html
    assert f"/admin/comments/comment/{item.comment_id}/change/" in html
    assert not Decision.objects.filter(is_undo=True).exists()


def test_a_colleagues_decision_is_not_ones_own_to_undo(
    desk: Client, max_: User
) -> None:
    assert undo(desk, decided(max_)).status_code == HTTPStatus.FORBIDDEN
    assert not Decision.objects.filter(is_undo=True).exists()


@pytest.mark.parametrize("decision", ["", "x", "0", "9" * 30])
def test_another_decision_than_the_one_that_closed_it(
    desk: Client, mia: User, decision: str
) -> None:
    response = undo(desk, decided(mia), decision=decision)
    assert response.status_code == HTTPStatus.CONFLICT
    assert not Decision.objects.filter(is_undo=True).exists()


def test_a_ruling_says_that_it_is_none_to_undo(desk: Client, mia: User) -> None:
    from tests import cast

    item = queue.appealed(build.rejected(by=cast.max_()))
    by, reason = Decider.moderator(mia), Reason(explanation="Heard.")
    close_items(record(item.revision, Measure.UPHOLD, by=by, reason=reason), item, 1)
    response = undo(desk, QueueItem.objects.get(pk=item.pk))
    assert response.status_code == HTTPStatus.CONFLICT
    assert "The answer to an appeal can’t be undone." in response.content.decode()
