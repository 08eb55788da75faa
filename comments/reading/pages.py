"""One page of a discussion: a fixed number of queries whatever its length."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from articles.models import Article
from comments.models import Comment, Revision
from comments.models.comment import CommentQuerySet
from comments.reading import outline
from comments.reading.outline import FIRST, ROOTS, Sort, row_of
from comments.reading.spots import Branch
from comments.threads import (
    END,
    STEP,
    above,
    ancestors_of,
    depth_of,
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


@dataclass
class DiscussionPage:
    branches: Sequence[Branch] = ()
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
        return not self.branches

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
    return page


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


def _roots(article: Article, viewer: Any, wanted: Wanted) -> DiscussionPage:
    found = outline.roots(article, viewer, wanted.sort, wanted.after)
    shown, following = found[:ROOTS], found[ROOTS:]
    replies = outline.replies(article, viewer, shown)
    return DiscussionPage(
        [Branch.under(root, replies[root.path]) for root in shown],
        sort=wanted.sort,
        is_first=not wanted.after,
        after=shown[-1].pk if following else None,
    )


def _thread(article: Article, viewer: Any, wanted: Wanted) -> DiscussionPage | None:
    visible = Comment.objects.in_discussion(article, viewer)
    ends = visible.in_bulk([pk for pk in (wanted.thread, wanted.start) if pk])
    top = ends.get(wanted.thread or 0)
    if top is None:
        return None
    start = ends.get(wanted.start or 0, top)
    if not start.path.startswith(top.path) or start.depth > top.depth + LEVELS:
        start = top
    rows = _rows(_branch(visible, top.path), visible, top.depth + LEVELS)
    over = [path for path in ancestors_of(start.path) if path.startswith(top.path)]
    upper = list(rows.filter(path__in=over)) if over else []
    found = list(rows.filter(path__gte=start.path)[: BRANCH + 1])
    shown, following = upper + found[:BRANCH], found[BRANCH:]
    deep = [row.path for row in shown if getattr(row, "goes_on", False)]
    branch = Branch(
        tuple(row_of(comment) for comment in shown),
        # Below these is more than the page shows.
        uncounted=(
            *(row.path for row in following),
            *([start.path] if over else []),
            *(path + DEEPER for path in deep),
        ),
        deep=frozenset(deep),
    )
    return DiscussionPage(
        [branch],
        is_first=False,
        thread=top,
        start=following[0].pk if following else None,
    )


def _branch(visible: CommentQuerySet, top: str) -> CommentQuerySet:
    """A comment and what answers it, as deep as one page can nest."""
    deepest = depth_of(top) + LEVELS
    return visible.filter(path__gte=top, path__lt=top + END, depth__lte=deepest)


def _rows(
    branch: CommentQuerySet, visible: CommentQuerySet, deepest: int
) -> CommentQuerySet:
    """In reading order; those on the deepest level with whether anything is below."""
    below = Q(depth=deepest) & Q(Exists(visible.below(OuterRef("path"))))
    goes_on = ExpressionWrapper(below, output_field=BooleanField())
    return branch.annotate(goes_on=goes_on).order_by("path")


def _is_on_first_page(comment: Comment, article: Article, viewer: Any) -> bool:
    root = root_of(comment.path)
    here = [row for row in outline.roots(article, viewer)[:ROOTS] if row.path == root]
    branch = outline.replies(article, viewer, here).get(root, [])[:FIRST]
    return comment.pk in [row.pk for row in here + branch]
