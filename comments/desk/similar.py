"""What waits and is like an item: the same text, author or linked site."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth import get_user_model
from django.db.models import OuterRef, Q
from django.utils.translation import gettext as _

from comments.desk.counting import CountOf, latest_of
from comments.models import QueueItem, Revision
from comments.models.queue_item import QueueItemQuerySet
from ethicsforum.markup import links

MOST = 5
LOOKED_THROUGH = 500
"""Items at the head of the line in which a linked site is looked for: texts have no
index for it."""
MOST_HOSTS = 3
LATEST = 100
"""Of an author's comments, those among which others that wait are looked for."""
MOST_ALIKE = 100
STOP = MOST_ALIKE + 2
"""The item itself is one of them, and one more says that there are more."""


@dataclass(frozen=True)
class Alike:
    """Some items that wait; with `more`, there are further ones."""

    heading: str
    items: Sequence[QueueItem]
    more: bool


@dataclass(frozen=True)
class Counts:
    """How many wait, by text and by author."""

    texts: Counter[str]
    authors: Counter[int]

    def beside(self, item: QueueItem) -> tuple[int, int]:
        own = 1 if item.is_open and item.kind != QueueItem.Kind.APPEAL else 0
        author = item.comment.author_id or 0
        texts, authors = self.texts[item.revision.text_key], self.authors[author]
        most = MOST_ALIKE + 1
        return min(max(texts - own, 0), most), min(max(authors - own, 0), most)


def similar_to(item: QueueItem, viewer: Any) -> list[Alike]:
    """In three queries; of each kind at most a few."""
    others = _decidable(viewer).exclude(pk=item.pk)
    latest = latest_of(item.comment.author_id or 0, LATEST)
    same_text = others.filter(revision__text_key=_key(item))
    hosts = _hosts(item.revision.source)
    groups = [
        _group(_("The same text"), _some(same_text)),
        _group(_("By the same author"), others.filter(comment__in=latest)),
    ]
    if hosts:
        groups.append(_group(_links_to(hosts), _linking(others, hosts)))
    return [group for group in groups if group.items]


def count_alike(items: Iterable[QueueItem], viewer: Any) -> Counts:
    """For any number of items, in two queries; each count stops at the most shown."""
    rows = list(items)
    waiting = _decidable(viewer).order_by().values("pk")
    same_text = waiting.filter(revision__text_key=OuterRef("text_key"))
    same_author = waiting.filter(
        comment__in=latest_of(OuterRef(OuterRef("pk")), LATEST)
    )
    one_of_each = Revision.objects.filter(pk__in=_one_of_each(rows)).order_by()
    texts = one_of_each.values_list("text_key", CountOf(same_text[:STOP]))
    people = {row.comment.author_id for row in rows if row.comment.author_id}
    members = get_user_model().objects.filter(pk__in=people).order_by()
    authors = members.values_list("pk", CountOf(same_author[:STOP]))
    return Counts(Counter(dict(texts)), Counter(dict(authors)))


def _one_of_each(rows: Iterable[QueueItem]) -> list[int]:
    """A text's id for each text that is another."""
    return [*{_key(row): row.revision_id for row in rows}.values()]


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


def _some(rows: QueueItemQuerySet) -> QueueItemQuerySet:
    """Where a wave of the same text came in, not all of it is put in order."""
    return QueueItem.objects.filter(pk__in=rows.order_by().values("pk")[:STOP])


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
