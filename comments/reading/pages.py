"""One page of a discussion: a fixed number of queries whatever its length."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from articles.models import Article
from comments.models import Comment, Revision
from comments.models.comment import CommentQuerySet
from comments.reading import outline
from comments.reading.entries import Entry, Folded, entries_of
from comments.reading.outline import FIRST, MOST_FOLDED, ROOTS, Row, Sort
from comments.threads import (
    END,
    STEP,
    above,
    ancestors_of,
    count_replies,
    depth_of,
    nest,
    pk_of,
    root_of,
)

BRANCH = 100
"""Comments on the page of one thread."""
LEVELS = 8
"""How deep replies nest below the first one of a page."""
DEEPER = "0" * STEP
"""Below a path: whatever answers it."""


@dataclass(frozen=True)
class Wanted:
    """What a reader asks for: a page of the discussion, or one thread."""

    sort: Sort = Sort.VALUED
    after: int | None = None
    """The page after this root."""
    thread: int | None = None
    """Only the branch of this comment,"""
    start: int | None = None
    """from this one on."""


@dataclass(frozen=True)
class Branch:
    """A root, and what answers it."""

    root: Row
    replies: Sequence[Row]
    """The first of them; those beyond `most` are counted only."""
    most: int = FIRST

    @property
    def shown(self) -> list[Row]:
        return [self.root, *self.replies[: self.most]]

    @property
    def folded(self) -> Folded | None:
        rest = self.replies[self.most :]
        return Folded(self.root.pk, rest) if rest else None


@dataclass
class DiscussionPage:
    entries: list[Entry]
    branches: Sequence[Branch] = ()
    """To a visitor instead of entries: what is kept of them need not be fetched."""
    sort: Sort = Sort.VALUED
    is_first: bool = True
    after: int | None = None
    """The last root here, if more follow."""
    thread: Comment | None = None
    """The first comment of the branch that this page shows alone."""
    start: int | None = None
    """Where the branch goes on."""
    is_lost: bool = False
    """The thread that was asked for is not here; this is the discussion."""

    @property
    def is_empty(self) -> bool:
        return not self.entries and not self.branches

    @property
    def sorts(self) -> list[Sort]:
        return list(Sort)

    @property
    def whole_thread(self) -> int | None:
        """The root, where the thread shown is only a part of what answers it."""
        if self.thread is None or self.thread.parent_id is None:
            return None
        return pk_of(root_of(self.thread.path))


FIRST_PAGE = Wanted()


def discussion_page(
    article: Article, viewer: Any, wanted: Wanted = FIRST_PAGE
) -> DiscussionPage:
    page = _thread(article, viewer, wanted) if wanted.thread else None
    if page is None:
        page = _roots(article, viewer, wanted)
        page.is_lost = wanted.thread is not None
    _place(page.entries)
    return page


def entries_in(
    branches: Sequence[Branch], article: Article, viewer: Any
) -> list[list[Entry]]:
    """What stands in each branch; a fixed number of queries for all of them."""
    entries = _entries(branches, article, viewer)
    found: dict[str, list[Entry]] = {branch.root.path: [] for branch in branches}
    for entry in entries:
        found[root_of(entry.path)].append(entry)
    for of_branch in found.values():
        _place(of_branch)
    return list(found.values())


def query_for(comment: Comment, viewer: Any) -> str:
    """The query of the page that shows the comment; empty for the first page."""
    article = comment.article
    visible = Comment.objects.in_discussion(article, viewer)
    if not visible.filter(pk=comment.pk).exists():
        return f"?thread={comment.pk}"
    if _is_on_first_page(comment, article, viewer):
        return ""
    # One level less than a page can nest, so that its own replies stand there too.
    top = above(comment.path, LEVELS - 1)
    branch = _branch(visible, top).filter(path__lt=comment.path)
    late = branch[:BRANCH].count() == BRANCH
    start = f"&from={comment.pk}" if late else ""
    return f"?thread={pk_of(top)}{start}"


def unaccepted_text(comment: Comment) -> Revision | None:
    """The newest text of the comment that others don't see, if it has one."""
    newest = comment.revisions.order_by("number").last()
    return None if newest is None or newest == comment.accepted_revision else newest


def _place(entries: Sequence[Entry]) -> None:
    places = nest(entry.path for entry in entries)
    for entry, place in zip(entries, places, strict=True):
        entry.place = place


def _roots(article: Article, viewer: Any, wanted: Wanted) -> DiscussionPage:
    found = outline.roots(article, viewer, wanted.sort, wanted.after)
    shown, following = found[:ROOTS], found[ROOTS:]
    replies = outline.replies(article, viewer, shown)
    branches = [Branch(root, replies[root.path]) for root in shown]
    is_known = viewer.is_authenticated
    return DiscussionPage(
        _entries(branches, article, viewer) if is_known else [],
        branches=() if is_known else branches,
        sort=wanted.sort,
        is_first=not wanted.after,
        after=shown[-1].pk if following else None,
    )


def _entries(branches: Sequence[Branch], article: Article, viewer: Any) -> list[Entry]:
    rows = [row for branch in branches for row in branch.shown]
    entries = entries_of(_in_order(rows), article, viewer)
    _add_folded(entries, branches)
    return entries


def _add_folded(entries: Sequence[Entry], branches: Sequence[Branch]) -> None:
    last = {root_of(entry.path): entry for entry in entries}
    counted, uncounted = [], []
    for branch in branches:
        paths = [branch.root.path, *(row.path for row in branch.replies)]
        most = max(branch.most, MOST_FOLDED) + 1
        counted += paths[:most]
        uncounted += paths[most:]
        if branch.root.path in last:
            last[branch.root.path].folded = branch.folded
    _add_replies(entries, counted, uncounted)


def _thread(article: Article, viewer: Any, wanted: Wanted) -> DiscussionPage | None:
    visible = Comment.objects.in_discussion(article, viewer)
    ends = visible.in_bulk([pk for pk in (wanted.thread, wanted.start) if pk])
    top = ends.get(wanted.thread or 0)
    if top is None:
        return None
    start = ends.get(wanted.start or 0, top)
    if not start.path.startswith(top.path) or start.depth > top.depth + LEVELS:
        start = top
    rows = _texts(_branch(visible, top.path), visible, top.depth + LEVELS)
    over = [path for path in ancestors_of(start.path) if path.startswith(top.path)]
    upper = list(rows.filter(path__in=over)) if over else []
    found = list(rows.filter(path__gte=start.path)[: BRANCH + 1])
    shown, following = upper + found[:BRANCH], found[BRANCH:]
    entries = entries_of(shown, article, viewer)
    # Below these is more than the page shows.
    cut = [row.path for row in following] + ([start.path] if over else [])
    for entry in entries:
        entry.goes_on = getattr(entry.comment, "goes_on", False)
        cut += [entry.path + DEEPER] if entry.goes_on else []
    _add_replies(entries, [entry.path for entry in entries], cut)
    return DiscussionPage(
        entries,
        is_first=False,
        thread=top,
        start=following[0].pk if following else None,
    )


def _branch(visible: CommentQuerySet, top: str) -> CommentQuerySet:
    """A comment and what answers it, as deep as one page can nest."""
    deepest = depth_of(top) + LEVELS
    return visible.filter(path__gte=top, path__lt=top + END, depth__lte=deepest)


def _texts(
    branch: CommentQuerySet, visible: CommentQuerySet, deepest: int
) -> CommentQuerySet:
    """In reading order; those on the deepest level with whether anything is below."""
    below = Q(depth=deepest) & Q(Exists(visible.below(OuterRef("path"))))
    goes_on = ExpressionWrapper(below, output_field=BooleanField())
    rows = branch.select_related("author", "accepted_revision")
    return rows.annotate(goes_on=goes_on).order_by("path")


def _add_replies(
    entries: Sequence[Entry], counted: Sequence[str], uncounted: Sequence[str]
) -> None:
    replies = count_replies(counted, uncounted)
    for entry in entries:
        entry.replies = replies[entry.path]


def _in_order(rows: Sequence[Row]) -> list[Comment]:
    """One query: the comments of these rows, as they are by now."""
    texts = Comment.objects.select_related("author", "accepted_revision")
    found = texts.in_bulk([row.pk for row in rows])
    return [found[row.pk] for row in rows if row.pk in found]


def _is_on_first_page(comment: Comment, article: Article, viewer: Any) -> bool:
    root = root_of(comment.path)
    here = [row for row in outline.roots(article, viewer)[:ROOTS] if row.path == root]
    branch = outline.replies(article, viewer, here).get(root, [])[:FIRST]
    return comment.pk in [row.pk for row in here + branch]
