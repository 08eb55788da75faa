"""What the benchmark must know of a forum before it can ask for its pages."""

import argparse
import re
from collections.abc import Iterator
from typing import Any

from bench.cases import Known
from bench.laws import exact_sizes
from bench.people import signed_in
from bench.wire import ask, get
from comments.models import QueueItem
from ethicsforum.accounts.models import User

MOST_MEMBERS = 5_000
MOST_ITEMS = 5_000
AFTER = re.compile(rb"[?;&]after=(\d+)")
OK = 200


def known(port: int, options: argparse.Namespace) -> Known:
    members = User.objects.filter(is_staff=False).order_by("pk")[:MOST_MEMBERS]
    held = QueueItem.objects.waiting().filter(kind="held", snoozed_until=None)
    articles = min(1_000, max(10, options.comments // 10))
    sizes = exact_sizes(options.comments)
    pages = {size: f"/articles/question-{n}/" for n, size in enumerate(sizes, 1)}
    thousand = pages.get(1_000, "")
    return Known(
        comments=options.comments,
        rounds=options.rounds,
        seconds=options.seconds,
        articles=articles,
        discussions=min(articles, options.discussions),
        members=list(zip([one.pk for one in members], signed_in(members), strict=True)),
        moderator=signed_in([moderator()])[0],
        items=list(held.in_line().values_list("pk", flat=True)[:MOST_ITEMS]),
        last_root={1_000: _last_root(port, thousand)} if thousand else {},
        has_print=ask(port, get(f"{thousand}print/")).status == OK,
        etag=lambda page: ask(port, get(page)).header("etag"),
    )


def moderator() -> Any:
    """The one who has decided nothing yet."""
    return User.objects.get(username="second")


def _last_root(port: int, page: str) -> int:
    return max(enumerate(_next_pages(port, page)))[1]


def _next_pages(port: int, page: str) -> Iterator[int]:
    """Goes from page to page as a reader does."""
    address = page
    while found := AFTER.search(_plain(port, address)):
        yield int(found[1])
        address = f"{page}?after={int(found[1])}"


def _plain(port: int, address: str) -> bytes:
    return ask(port, get(address, Accept_Encoding="identity")).body
