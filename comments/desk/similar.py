"""What waits and is like an item: the same text, author or linked site."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from comments.models import QueueItem
from comments.models.queue_item import QueueItemQuerySet
from ethicsforum.markup import links

MOST = 5
LOOKED_THROUGH = 500
"""Items at the head of the line in which a linked site is looked for: texts have no
index for it."""
MOST_HOSTS = 3


@dataclass(frozen=True)
class Alike:
    """Some items that wait; with `more`, there are further ones."""

    heading: str
    items: Sequence[QueueItem]
    more: bool


@dataclass(frozen=True)
class Counts:
    """How many others wait, by text and by author."""

    texts: Counter[str]
    authors: Counter[int]

    def beside(self, item: QueueItem) -> tuple[int, int]:
        own = 1 if item.is_open and item.kind != QueueItem.Kind.APPEAL else 0
        author = item.comment.author_id or 0
        texts, authors = self.texts[item.revision.text_key], self.authors[author]
        return max(texts - own, 0), max(authors - own, 0)


def similar_to(item: QueueItem, viewer: Any) -> list[Alike]:
    """In three queries; of each kind at most a few."""
    others = _decidable(viewer).exclude(pk=item.pk)
    author = Q(comment__author=item.comment.author_id or 0)
    hosts = _hosts(item.revision.source)
    groups = [
        _group(_("The same text"), others.filter(revision__text_key=_key(item))),
        _group(_("By the same author"), others.filter(author)),
    ]
    if hosts:
        groups.append(_group(_links_to(hosts), _linking(others, hosts)))
    return [group for group in groups if group.items]


def count_alike(items: Iterable[QueueItem], viewer: Any) -> Counts:
    """For any number of items, in two queries."""
    rows = list(items)
    waiting = _decidable(viewer).order_by()
    keys = {_key(row) for row in rows}
    people = {row.comment.author_id for row in rows if row.comment.author_id}
    texts = waiting.filter(revision__text_key__in=keys)
    authors = waiting.filter(comment__author__in=people)
    return Counts(
        Counter(dict(texts.values_list("revision__text_key").annotate(Count("pk")))),
        Counter(dict(authors.values_list("comment__author").annotate(Count("pk")))),
    )


def _decidable(viewer: Any) -> QueueItemQuerySet:
    """What may be decided together; each appeal is heard by itself."""
    waiting = QueueItem.objects.waiting().exclude(kind=QueueItem.Kind.APPEAL)
    return waiting.for_moderator(viewer) if viewer else waiting


def _key(item: QueueItem) -> str:
    return item.revision.text_key


def _group(heading: str, items: QueueItemQuerySet) -> Alike:
    related = items.select_related("revision", "comment__author", "claimed_by")
    rows = list(related.in_line()[: MOST + 1])
    return Alike(heading, rows[:MOST], len(rows) > MOST)


def _links_to(hosts: Sequence[str]) -> str:
    return _("With a link to %(sites)s") % {"sites": ", ".join(hosts)}


def _linking(others: QueueItemQuerySet, hosts: Sequence[str]) -> QueueItemQuerySet:
    head = others.in_line().values("pk")[:LOOKED_THROUGH]
    named = Q()
    for host in hosts:
        named |= Q(revision__source__icontains=f"//{host}")
    return QueueItem.objects.filter(named, pk__in=head)


def _hosts(source: str) -> list[str]:
    found = (_host(link) for link in links(source))
    return [*dict.fromkeys(host for host in found if host)][:MOST_HOSTS]


def _host(link: str) -> str:
    try:
        return urlsplit(link).hostname or ""
    except ValueError:
        return ""
