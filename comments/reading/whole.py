"""A whole discussion on one page, to print or to keep, as everybody can read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.contrib.auth.models import AnonymousUser

from articles.models import Article
from comments.reading import outline
from comments.reading.branches import Joined, branches_joined
from comments.reading.outline import Row
from comments.reading.spots import Branch
from comments.threads import root_of

MOST = 1_000
"""Comments on one such page."""


@dataclass(frozen=True)
class Whole:
    joined: Sequence[Joined]
    after: int | None
    """The last root here, if more follow."""


def whole_discussion(article: Article, after: int | None = None) -> Whole:
    reader = AnonymousUser()
    rows = outline.in_reading_order(article, reader, after, MOST)
    branches = _branches(rows)
    is_more = len(rows) > MOST
    if is_more and len(branches) > 1:
        # The last one may be cut: it begins the next page.
        branches.pop()
    last = branches[-1].shown[0].pk if is_more else None
    return Whole(branches_joined(branches, article, reader), last)


def _branches(rows: Sequence[Row]) -> list[Branch]:
    found = []
    for _path, branch in groupby(rows, key=lambda row: root_of(row.path)):
        root, *replies = branch
        found.append(Branch.under(root, replies, most=MOST - 1))
    return found
