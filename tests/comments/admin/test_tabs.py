"""The tabs of the desk: what stands in each, for whom, and how it is counted."""

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments import queues
from comments.actions.claiming import claim
from comments.actions.noting import escalate
from comments.actions.snoozing import Nap, snooze
from comments.admin import QueueItemAdmin, paging
from comments.models import QueueItem
from ethicsforum.accounts.models import User
from tests import build, cast, queue

pytestmark = pytest.mark.django_db
DESK = "/admin/comments/queueitem/"


@pytest.fixture
def desk(client: Client, mia: User) -> Client:
    client.force_login(mia)
    return client


def page(client: Client, query: str = "") -> str:
    response = client.get(f"{DESK}{query}")
    assert response.status_code == HTTPStatus.OK
    return str(response.content.decode())


def ids(client: Client, query: str = "") -> list[int]:
    response = client.get(f"{DESK}{query}")
    return [item.pk for item in response.context["cl"].result_list]


def counts(client: Client, query: str = "") -> dict[str, str]:
    tabs = client.get(f"{DESK}{query}").context["cl"].tabs
    return {str(tab.queue): tab.shown_count for tab in tabs}


@pytest.fixture
def one_of_each(db: None) -> dict[str, QueueItem]:
    mia, max_ = cast.mia(), cast.max_()
    waiting = build.held(body="Waits.")
    snoozed = build.held(body="Sleeps.")
    snooze(snoozed, Nap.HOUR, moderator=mia)
    mine = build.held(body="Is mine.")
    claim(mine, moderator=mia)
    reported = queue.reported(build.published(body="Is up."))
    decided = build.rejected(by=max_, body="Is decided.")
    return {
        "waiting": waiting,
        "reported": reported,
        "appeals": queue.appealed(build.rejected(by=max_, body="Is contested.")),
        "snoozed": snoozed,
        "mine": mine,
        "decided": QueueItem.objects.get(closing_decision=decided),
    }


@pytest.mark.parametrize("tab", ["reported", "appeals", "snoozed", "mine"])
def test_each_tab_has_its_own(
    desk: Client, one_of_each: dict[str, QueueItem], tab: str
) -> None:
    assert ids(desk, f"?queue={tab}") == [one_of_each[tab].pk]


def test_what_is_claimed_stays_in_line_and_what_sleeps_does_not(
    desk: Client, one_of_each: dict[str, QueueItem]
) -> None:
    line = [one_of_each["waiting"].pk, one_of_each["mine"].pk]
    assert ids(desk) == ids(desk, "?queue=waiting") == line


def test_counts(desk: Client, one_of_each: dict[str, QueueItem]) -> None:
    assert counts(desk) == {
        "waiting": "2",
        "reported": "1",
        "appeals": "1",
        "snoozed": "1",
        "mine": "1",
        "decided": "",
    }


def test_counts_are_capped(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queues, "MOST_COUNTED", 2)
    monkeypatch.setattr("comments.admin.tabs.MOST_COUNTED", 2)
    for number in range(4):
        build.held(body=f"Number {number}.")
    assert counts(desk)["waiting"] == "2+"


def test_decided_lately_is_newest_first(desk: Client, max_: User) -> None:
    first = build.rejected(by=max_, body="First.")
    second = build.rejected(by=max_, body="Second.")
    now = timezone.now()
    QueueItem.objects.filter(closing_decision=first).update(closed_at=now)
    shown = [
        QueueItem.objects.get(closing_decision=decision).pk
        for decision in (first, second)
    ]
    assert ids(desk, "?queue=decided") == shown


def test_the_line_goes_by_due_time(desk: Client) -> None:
    build.held(body="Came first.")
    urgent = build.held(body="Came second.")
    QueueItem.objects.filter(pk=urgent.pk).update(
        due_at=timezone.now() - timedelta(days=1)
    )
    assert ids(desk)[0] == urgent.pk


# --- What somebody decided themselves -------------------------------------


@pytest.mark.parametrize(
    ("build_item", "tab"),
    [(queue.appealed, "appeals"), (queue.second_look, "waiting")],
)
def test_whoever_decided_never_meets_it_again(
    client: Client, mia: User, max_: User, build_item: Callable[..., Any], tab: str
) -> None:
    item = build_item()
    client.force_login(max_)
    assert ids(client, f"?queue={tab}") == [item.pk]
    assert counts(client)[tab] == "1"
    client.force_login(mia)
    assert ids(client, f"?queue={tab}") == []
    assert counts(client)[tab] == "0"
    at = f"{DESK}{item.pk}/"
    assert client.get(f"{at}change/").status_code == HTTPStatus.NOT_FOUND
    verbs = "decide undo claim release presence snooze wake escalate note"
    for verb in verbs.split():
        fields = {"version": 1, "outcome": "approve", "explanation": "Mine."}
        response = client.post(f"{at}{verb}/", fields)
        assert response.status_code == HTTPStatus.NOT_FOUND, verb
    item.refresh_from_db()
    assert item.is_open


def test_not_even_an_administrator(client: Client) -> None:
    root = cast.root()
    item = queue.appealed(build.rejected(by=root))
    client.force_login(root)
    assert client.get(f"{DESK}{item.pk}/change/").status_code == HTTPStatus.NOT_FOUND


def test_nor_many_at_once(client: Client, mia: User) -> None:
    look = queue.second_look(mia)
    client.force_login(mia)
    fields = {"action": "approve_selected", "_selected_action": [look.pk]}
    sent = {**fields, "confirmed": 1, f"version-{look.pk}": 1}
    client.post(DESK, sent)
    look.refresh_from_db()
    assert look.is_open


def test_a_closed_second_look_is_no_decision(client: Client, max_: User) -> None:
    look = queue.second_look()
    QueueItem.objects.filter(pk=look.pk).update(closed_at=timezone.now())
    client.force_login(max_)
    assert look.pk not in ids(client, "?queue=decided")


# --- Filters --------------------------------------------------------------


def test_by_article(desk: Client) -> None:
    other = build.article("other", title="Quite another question")
    build.held(body="Under the first.")
    item = build.held(body="Under the other.", under=other)
    assert ids(desk, f"?article={other.pk}") == [item.pk]
    assert "Quite another question" in page(desk, f"?article={other.pk}")
    assert "Quite another question" not in page(desk, "?queue=reported")


@pytest.mark.parametrize("article", ["x", "9" * 30, "-1", "%00", "0"])
def test_an_article_that_is_none(desk: Client, article: str) -> None:
    build.held()
    assert ids(desk, f"?article={article}") == []


def test_escalated(desk: Client, mia: User) -> None:
    build.held(body="Not this.")
    item = build.held(body="This.")
    escalate(item, "Please look.", moderator=mia)
    assert ids(desk, "?escalated=yes") == [item.pk]


def test_a_tab_is_no_filter_to_clear(desk: Client) -> None:
    assert "Clear all filters" not in page(desk, "?queue=reported")
    html = page(desk, "?queue=reported&why=links")
    assert 'href="?queue=reported"' in html
    assert "Clear all filters" in html


def test_results_are_counted_after_a_search_alone(desk: Client) -> None:
    build.held(body="About pears.")
    assert "Show all" not in page(desk)
    assert "1 result" in page(desk, "?q=pears")


@pytest.mark.parametrize(
    ("tab", "words"),
    [
        ("reported", "No reports wait."),
        ("appeals", "No appeals wait for you."),
        ("snoozed", "Nothing is snoozed."),
        ("mine", "You have no claims."),
        ("decided", "Nothing has been decided yet."),
    ],
)
def test_an_empty_tab_says_what_to_do(desk: Client, tab: str, words: str) -> None:
    assert words in page(desk, f"?queue={tab}")


# --- What it costs --------------------------------------------------------


def next_page(client: Client, query: str = "") -> str:
    address: str = client.get(f"{DESK}{query}").context["cl"].next_page
    return address


def walk(client: Client, query: str) -> list[list[int]]:
    """The pages, from the first to the last."""
    pages = [ids(client, query)]
    while following := next_page(client, query):
        query = following
        pages.append(ids(client, query))
    return pages


def test_a_page_begins_where_the_one_before_it_ended(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QueueItemAdmin, "list_per_page", 2)
    first, second, third, fourth, fifth = (build.held(body=word).pk for word in "abcde")
    assert walk(desk, "") == [[first, second], [third, fourth], [fifth]]
    at = next_page(desk)
    QueueItem.objects.filter(pk=second).update(due_at=timezone.now())
    assert ids(desk, at) == [third, fourth]
    assert 'rel="next"' in page(desk, at)
    assert "To the first" in page(desk, at)


@pytest.mark.parametrize("tab", ["snoozed", "mine", "decided"])
def test_so_does_every_other_queue(
    desk: Client, mia: User, tab: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QueueItemAdmin, "list_per_page", 2)
    for word in "abc":
        item = build.held(body=word)
        if tab == "snoozed":
            snooze(item, Nap.HOUR, moderator=mia)
        elif tab == "mine":
            claim(item, moderator=mia)
        else:
            build.rejected(body=word * 2)
    everything, (first, second) = (
        ids(desk, f"?queue={tab}"),
        walk(desk, f"?queue={tab}"),
    )
    assert everything == first
    assert (len(first), len(second), len({*first, *second})) == (2, 1, 3)


@pytest.mark.parametrize("p", ["2", "x", "-1", "1.", ".1", "9" * 18 + ".1", "%00"])
def test_a_page_that_is_none_is_the_first(desk: Client, p: str) -> None:
    item = build.held()
    assert ids(desk, f"?p={p}") in ([item.pk], [])


def test_nothing_more_follows_the_last(desk: Client) -> None:
    build.held(body="One.")
    assert "1 item" in page(desk)
    assert next_page(desk) == ""


def test_what_has_no_index_is_looked_for_part_by_part(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "LOOKED_THROUGH", 3)
    made = [build.held(body=f"Number {number}.").pk for number in range(7)]
    wanted = build.held(body="About pears.").pk
    assert ids(desk, "?q=pears") == []
    assert "Looked through 3 in line" in page(desk, "?q=pears")
    assert [pk for found in walk(desk, "?q=pears") for pk in found] == [wanted]
    assert [pk for found in walk(desk, "?q=number") for pk in found] == made
    assert ids(desk, "?q=0") == made[:1]
    assert next_page(desk, "?why=new-member")


@pytest.mark.parametrize(("tab", "most"), [("waiting", 17), ("decided", 20)])
def test_a_page_costs_the_same_whatever_waits_and_never_a_full_count(
    desk: Client, tab: str, most: int
) -> None:
    page(desk)
    build.held(body="One.")
    build.rejected(body="Decided.")
    with CaptureQueriesContext(connection) as few:
        page(desk, f"?queue={tab}")
    for number in range(30):
        build.held(body=f"Waits, {number}.", author=cast.member(f"Member{number}"))
        build.rejected(body=f"Decided, {number}.")
    with CaptureQueriesContext(connection) as many:
        page(desk, f"?queue={tab}")
    assert len(many) == len(few) <= most
    counting = [q["sql"] for q in many if q["sql"].startswith("SELECT COUNT(*)")]
    assert len(counting) == 5
    assert all(" LIMIT " in sql.split("COUNT(*)", 1)[1] for sql in counting)
