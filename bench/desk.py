"""What each page of the desk asks of the database, as a moderator meets it."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.test import Client

from bench.measuring import Cost, cost
from comments.models import QueueItem
from ethicsforum.cache import quick

DESK = "/admin/comments/queueitem/"
TABS = ("waiting", "reported", "appeals", "snoozed", "mine", "decided")
Asked = Callable[[], Any]


def costs(moderator: Any, runs: int) -> Iterator[Cost]:
    waiting = QueueItem.objects.waiting().count()
    client = Client(SERVER_NAME="localhost")
    client.force_login(moderator)
    for what, ask in _requests(client, runs).items():
        yield cost(what, waiting, runs, ask)


def _requests(client: Client, runs: int) -> dict[str, Asked]:
    """Each decision is about another item."""
    line = QueueItem.objects.waiting().filter(kind="held", snoozed_until=None).in_line()
    items = list(line.values_list("pk", flat=True)[: 2 * (runs + 1)])
    left = iter(items)

    def decide(**fields: Any) -> Any:
        return client.post(f"{DESK}{next(left)}/decide/", {"version": 1, **fields})

    def overview() -> Any:
        quick.delete("comments.overview:1")
        return client.get("/admin/")

    tabs = {f"tab {tab}": partial(client.get, f"{DESK}?queue={tab}") for tab in TABS}
    words = {"rule": "person", "explanation": "About the person."}
    return {
        "the list": partial(client.get, DESK),
        **tabs,
        "one item": partial(client.get, f"{DESK}{items[-1]}/change/"),
        "approve": partial(decide, outcome="approve"),
        "reject": partial(decide, outcome="reject", **words),
        "the overview, reckoned": overview,
        "the overview, kept": partial(client.get, "/admin/"),
    }
