"""What the desk asks of the database is the same whatever waits."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from comments import queues
from comments.admin import paging
from comments.models import QueueItem, Revision
from comments.overview import waiting
from ethicsforum.accounts.models import User
from tests import build, queue
from tests.work import work_of

pytestmark = pytest.mark.django_db
DESK = "/admin/comments/queueitem/"
FEW, MANY = 60, 300
ROOM = 1.2
"""An index has a level more, a page is fuller."""

Ask = Callable[[Client], Any]


@pytest.fixture
def desk(
    client: Client, mia: User, ben: User, monkeypatch: pytest.MonkeyPatch
) -> Client:
    monkeypatch.setattr(queues, "MOST_COUNTED", 30)
    monkeypatch.setattr("comments.desk.similar.STOP", 30)
    monkeypatch.setattr("comments.desk.similar.LATEST", 30)
    monkeypatch.setattr("comments.desk.similar.LOOKED_THROUGH", 30)
    monkeypatch.setattr("comments.desk.record.LATEST", 30)
    monkeypatch.setattr(paging, "LOOKED_THROUGH", 30)
    monkeypatch.setattr(waiting, "CAP", 30)
    client.force_login(mia)
    build.published(author=ben, body="Up.")
    return client


def some_wait(number: int) -> None:
    """All by one author, with one text; a third sleeps."""
    before = QueueItem.objects.count()
    queue.many_held(number)
    Revision.objects.filter(source="").update(source="Waits.", html="<p>Waits.</p>")
    later = QueueItem.objects.order_by("pk")[before:].values_list("pk", flat=True)
    asleep = [pk for pk in later if pk % 3 == 0]
    end = queues.EPOCH.replace(year=2100)
    QueueItem.objects.filter(pk__in=asleep).update(snoozed_until=end)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def first_pks(n: int) -> list[int]:
    line = QueueItem.objects.waiting().filter(kind="held").awake().in_line()
    return list(line.values_list("pk", flat=True)[:n])


def get(address: str) -> Ask:
    def ask(client: Client) -> Any:
        return client.get(address.format(pk=first_pks(1)[0]))

    return ask


def post(verb: str, **fields: Any) -> Ask:
    def ask(client: Client) -> Any:
        at = f"{DESK}{first_pks(1)[0]}/{verb}/"
        return client.post(at, {"version": 1, **fields})

    return ask


def second_page(client: Client) -> Any:
    return client.get(DESK + client.get(DESK).context["cl"].next_page)


ASKED: dict[str, Ask] = {
    "the waiting": get(DESK),
    "the snoozed": get(f"{DESK}?queue=snoozed"),
    "the second page": second_page,
    "a word that is nowhere": get(f"{DESK}?q=pears"),
    "approve": post("decide", outcome="approve"),
}


def test_it_takes_no_more_where_five_times_as_much_waits(desk: Client) -> None:
    some_wait(FEW)
    answers = {what: ask(desk).status_code for what, ask in ASKED.items()}
    assert {what: n for what, n in answers.items() if n not in (200, 302)} == {}
    few = {what: work_of(partial(ask, desk)) for what, ask in ASKED.items()}
    some_wait(MANY - FEW)
    many = {what: work_of(partial(ask, desk)) for what, ask in ASKED.items()}
    grown = {what: (few[what], many[what]) for what in ASKED}
    assert {w: n for w, n in grown.items() if n[1] > n[0] * ROOM + 5} == {}


def test_a_query_that_reads_all_that_waits_is_told(db: None) -> None:
    some_wait(FEW)
    few = work_of(lambda: QueueItem.objects.filter(findings__icontains="x").count())
    some_wait(MANY - FEW)
    many = work_of(lambda: QueueItem.objects.filter(findings__icontains="x").count())
    assert many > few * 3
