"""The moderator's desk over a large forum, on PostgreSQL.

    make bench ARGS="--comments 10000 --waiting 1000"

Builds a forum in a database of its own (`bench_…` on the server of DATABASE_URL), asks
for each page of the desk as a moderator does, prints what it costs, and drops the
database. It asserts no time.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from bench.measuring import Cost

DESK = "/admin/comments/queueitem/"
TABS = ("waiting", "reported", "appeals", "snoozed", "mine", "decided")


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from django.db import connection

    if connection.vendor != "postgresql":
        sys.stderr.write("The benchmark needs PostgreSQL; `make bench` starts one.\n")
        return 2
    with _database():
        begin = time.perf_counter()
        costs = list(_measure(options))
        seconds = round(time.perf_counter() - begin)
    _say(f"\n{_table(costs)}\n\n{seconds} seconds in all.")
    if options.json:
        _write(options.json, options, costs)
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.desk")
    parser.add_argument("--comments", type=int, default=1_000_000)
    parser.add_argument("--waiting", type=int, default=100_000)
    parser.add_argument("--few", type=int, default=1_000, help="waiting at first")
    parser.add_argument("--runs", type=int, default=7, help="of which the median")
    parser.add_argument("--json", type=Path, help="where to write the numbers too")
    return parser.parse_args(arguments)


@contextmanager
def _database() -> Iterator[None]:
    from django.db import connection

    from ethicsforum.celery import app

    name = str(connection.settings_dict["NAME"])
    connection.settings_dict["TEST"]["NAME"] = f"bench_{name}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    # Mails and tasks go nowhere: a broker that is away would be measured too.
    app.conf.update(broker_url="memory://")
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def _measure(options: argparse.Namespace) -> Iterator["Cost"]:
    from bench.forum import Forum, moderator

    begin = time.perf_counter()
    forum = Forum(options.comments - options.waiting)
    reader = moderator("second")
    for waiting in sorted({min(options.few, options.waiting), options.waiting}):
        forum.grow(waiting)
        built = round(time.perf_counter() - begin)
        _say(f"{options.comments:,} comments, {waiting:,} waiting: after {built} s")
        yield from _pages(reader, waiting, options.runs)


def _pages(reader: Any, waiting: int, runs: int) -> Iterator["Cost"]:
    from django.test import Client

    from bench.measuring import cost
    from comments.models import QueueItem
    from ethicsforum.cache import quick

    client = Client(SERVER_NAME="localhost")
    client.force_login(reader)
    addresses = {"the list": DESK}
    addresses |= {f"tab {tab}": f"{DESK}?queue={tab}" for tab in TABS}
    for what, address in addresses.items():
        yield cost(what, waiting, runs, partial(client.get, address))
    line = QueueItem.objects.waiting().filter(kind="held", snoozed_until=None).in_line()
    items = list(line.values_list("pk", flat=True)[: 2 * (runs + 1)])
    one = f"{DESK}{items[0]}/change/"
    yield cost("one item", waiting, runs, partial(client.get, one))
    yield from _decisions(client, items, waiting, runs)

    def overview() -> Any:
        quick.delete("comments.overview:1")
        return client.get("/admin/")

    yield cost("the overview, reckoned", waiting, runs, overview)
    yield cost("the overview, kept", waiting, runs, lambda: client.get("/admin/"))


def _decisions(
    client: Any, items: list[int], waiting: int, runs: int
) -> Iterator["Cost"]:
    """Each about another item."""
    from bench.measuring import cost

    left = iter(items)

    def decide(**fields: Any) -> Any:
        return client.post(f"{DESK}{next(left)}/decide/", {"version": 1, **fields})

    approve = partial(decide, outcome="approve")
    yield cost("approve", waiting, runs, approve)
    words = {"rule": "person", "explanation": "About the person."}
    yield cost("reject", waiting, runs, partial(decide, outcome="reject", **words))


HEADINGS = (
    "",
    "waiting",
    "status",
    "queries",
    "ms",
    "most rows read",
    "of",
    "full counts",
)


def _table(costs: list["Cost"]) -> str:
    rows = [
        (
            c.what,
            f"{c.waiting:,}",
            str(c.status),
            str(c.queries),
            f"{c.milliseconds:.1f}",
            f"{c.rows:,}",
            c.table,
            str(c.full_counts),
        )
        for c in costs
    ]
    widths = [max(map(len, column)) for column in zip(HEADINGS, *rows, strict=True)]
    lines = [_line(row, widths) for row in (HEADINGS, *rows)]
    return "\n".join(lines)


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    first, *rest = zip(cells, widths, strict=True)
    return "  ".join([first[0].ljust(first[1]), *(c.rjust(w) for c, w in rest)])


def _write(path: Path, options: argparse.Namespace, costs: list["Cost"]) -> None:
    body = {
        "comments": options.comments,
        "runs": options.runs,
        "costs": [asdict(cost) for cost in costs],
    }
    path.write_text(json.dumps(body, indent=2) + "\n")


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
