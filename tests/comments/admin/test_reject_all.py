"""Refusing everything by one author: asked first, ordered once, watched, stopped."""

from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from comments.actions.bulk_rejecting import run_batch
from comments.models import BulkRejection, Decision
from comments.states import State
from ethicsforum.accounts.models import User
from tests import build, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, mia: User) -> Client:
    client.force_login(mia)
    return client


def at(member: User) -> str:
    return f"/admin/comments/sanction/member/{member.pk}/reject-all/"


def asked(client: Client, member: User, query: str = "?hours=24") -> dict[str, Any]:
    """The fields of the page's form."""
    response = client.get(f"{at(member)}{query}")
    assert response.status_code == HTTPStatus.OK
    reach = response.context["reach"]
    return {
        "since": reach.since.isoformat(),
        "newest": reach.newest,
        "rule": "advertising",
        "explanation": "Advertising.",
    }


def test_the_page_lists_what_would_be_refused(desk: Client, ben: User) -> None:
    build.published(author=ben, body="Public words.")
    build.held(author=ben, body="Waiting words.")
    build.removed(author=ben, body="Removed words.")
    build.published(author=cast.cleo(), body="Other words.")
    html = desk.get(f"{at(ben)}?hours=24").content.decode()
    assert "2 comments would be refused; 1 is refused or withdrawn" in html
    assert html.index("Would be rejected") < html.index("Waiting words.")
    assert html.index("Would be removed") < html.index("Public words.")
    assert "Removed words." not in html
    assert "Other words." not in html
    assert not Decision.objects.filter(to_state=State.REJECTED).exists()


def test_nothing_to_refuse(desk: Client, ben: User) -> None:
    html = desk.get(at(ben)).content.decode()
    assert "There is nothing to refuse in that time" in html
    assert "Refuse them all" not in html


def test_list_and_counts_are_capped(
    desk: Client,
    ben: User,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: Any,
) -> None:
    from comments import members

    monkeypatch.setattr(members, "MOST_LISTED", 3)
    monkeypatch.setattr(members, "MOST_COUNTED", 5)
    for number in range(5):
        build.published(author=ben, body=f"Number {number}.")
    html = desk.get(at(ben)).content.decode()
    assert "And 2 older ones." in html
    assert "Number 1." not in html
    for number in range(5, 9):
        build.published(author=ben, body=f"Number {number}.")
    with django_assert_max_num_queries(13):
        html = desk.get(at(ben)).content.decode()
    assert "More than a thousand" in html


@pytest.mark.parametrize("hours", ["0", "721", "x", "9" * 40, ""])
def test_hours_that_are_none(desk: Client, ben: User, hours: str) -> None:
    build.published(author=ben)
    response = desk.get(f"{at(ben)}?hours={hours}")
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "errornote" in response.content.decode()


def test_an_order(desk: Client, ben: User, mia: User) -> None:
    comment = build.published(author=ben)
    response = desk.post(at(ben), asked(desk, ben))
    job = BulkRejection.objects.get()
    address = f"/admin/comments/bulkrejection/{job.pk}/change/"
    assert response.headers["Location"] == address
    assert (job.moderator, job.member, job.explanation) == (mia, ben, "Advertising.")
    html = desk.get(address).content.decode()
    assert 'http-equiv="refresh"' in html
    assert "0 %" in html
    run_batch(job.pk)
    assert build.fresh(comment).state == State.REMOVED
    html = desk.get(address).content.decode()
    assert "refresh" not in html
    assert "100 %" in html
    assert "1 refused, 0 left alone" in html
    assert "limit or suspend them" in html


def test_an_order_needs_a_rule(desk: Client, ben: User) -> None:
    build.published(author=ben, body="To be listed again.")
    sent = {**asked(desk, ben), "rule": "", "explanation": "Kept words."}
    response = desk.post(at(ben), sent)
    html = response.content.decode()
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Kept words." in html
    assert "To be listed again." in html
    assert not BulkRejection.objects.exists()


def test_what_was_written_since_is_shown_first(desk: Client, ben: User) -> None:
    build.published(author=ben, body="Seen.")
    sent = asked(desk, ben)
    build.published(author=ben, body="Not seen yet.")
    response = desk.post(at(ben), sent)
    html = response.content.decode()
    assert response.status_code == HTTPStatus.CONFLICT
    assert "Not seen yet." in html
    assert "Advertising." in html
    assert not BulkRejection.objects.exists()


@pytest.mark.parametrize("since", ["", "yesterday", "2001-01-01T00:00:00+00:00"])
def test_a_page_too_old(desk: Client, ben: User, since: str) -> None:
    build.published(author=ben)
    response = desk.post(at(ben), {**asked(desk, ben), "since": since})
    assert response.status_code == HTTPStatus.FOUND
    assert not BulkRejection.objects.exists()


def test_sent_twice_is_one_job(desk: Client, ben: User) -> None:
    build.published(author=ben)
    sent = asked(desk, ben)
    addresses = {desk.post(at(ben), sent).headers["Location"] for _ in range(2)}
    assert len(addresses) == 1
    assert BulkRejection.objects.count() == 1


def test_stop(desk: Client, ben: User) -> None:
    build.published(author=ben)
    desk.post(at(ben), asked(desk, ben))
    job = BulkRejection.objects.get()
    address = f"/admin/comments/bulkrejection/{job.pk}/stop/"
    assert desk.get(address).status_code == HTTPStatus.METHOD_NOT_ALLOWED
    html = desk.post(address, follow=True).content.decode()
    assert "It was stopped." in html
    html = desk.post(address, follow=True).content.decode()
    assert "It had ended before you stopped it." in html


def test_only_with_the_right(client: Client, ben: User, mia: User) -> None:
    build.published(author=ben)
    client.force_login(mia)
    sent = asked(client, ben)
    client.post(at(ben), sent)
    job = BulkRejection.objects.get()
    client.force_login(cast.eda())
    for response in (
        client.post(at(ben), sent),
        client.get(f"/admin/comments/bulkrejection/{job.pk}/change/"),
        client.post(f"/admin/comments/bulkrejection/{job.pk}/stop/"),
    ):
        assert response.status_code == HTTPStatus.FORBIDDEN
    assert BulkRejection.objects.running().get() == job


def test_jobs_are_listed(desk: Client, ben: User) -> None:
    build.published(author=ben)
    desk.post(at(ben), asked(desk, ben))
    html = desk.get("/admin/comments/bulkrejection/").content.decode()
    assert "Ben" in html
