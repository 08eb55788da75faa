"""Writing: post a comment, edit it, withdraw it."""

from datetime import timedelta
from functools import cache
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from articles.models import Article
from comments.actions.deciding import Decider, decide, lock_comment, submit
from comments.models import Comment, Revision
from comments.policies import STILL_MINE, WITHDRAWABLE
from comments.rendering import RENDER_VERSION, render_body
from comments.screening.text import text_key
from comments.states import State
from comments.threads import depth_of, path_of
from ethicsforum.written import (
    SOME_ARTICLE,
    SOME_TIME,
    SOMEBODY,
    Written,
    about,
    ask,
    write,
)

DOUBLE_CLICK = timedelta(seconds=60)
"""The same text at the same place within this time is one comment sent twice."""
MOST_DOUBLES = 10


class CommentClosed(Exception):
    """The comment was removed or withdrawn while its author was writing."""


def post_comment(
    article: Article, *, author: Any, body: str, parent: Comment | None = None
) -> Comment:
    """Accept a text that `check_body` has passed; screening follows after commit."""
    draft = _draft(body)
    with transaction.atomic():
        # One person's posts go one after the other: that is what makes the search
        # for a double click sure.
        ask(about(_one_person(), {SOMEBODY: author.pk}))
        comment = _sent_twice(article, author, parent, draft)
        return comment or _create(article, author, parent, draft)


def edit_comment(comment: Comment, *, body: str) -> Revision:
    """A new text to be screened; the accepted one stays up until it is decided."""
    draft = _draft(body)
    with transaction.atomic():
        comment = _lock(comment, STILL_MINE)
        last = comment.revisions.order_by("number").last()
        if last is not None and last.source == draft.source:
            return last
        _withdraw_waiting(comment)
        draft.comment, draft.number = comment, (last.number if last else 0) + 1
        submit(draft)
        return draft


@transaction.atomic
def withdraw_comment(comment: Comment) -> None:
    """The author takes the comment back: what is public, and what waits."""
    comment = _lock(comment, WITHDRAWABLE)
    _withdraw_waiting(comment)
    if comment.accepted_revision is not None:
        decide(comment.accepted_revision, to=State.WITHDRAWN, by=Decider.author())


def _lock(comment: Comment, open_states: frozenset[State]) -> Comment:
    """The comment as it is now; CommentClosed when its author is too late."""
    locked = lock_comment(comment.pk)
    if locked.state not in open_states:
        raise CommentClosed
    return locked


def _draft(body: str) -> Revision:
    """Rendered before any transaction opens: nobody waits for a parser."""
    return Revision(
        source=body,
        html=render_body(body),
        render_version=RENDER_VERSION,
        text_key=text_key(body),
    )


@cache
def _one_person() -> Written:
    people = get_user_model().objects.select_for_update(no_key=True)
    return write(people.filter(pk=SOMEBODY).values_list("pk"))


def _sent_twice(
    article: Article, author: Any, parent: Comment | None, draft: Revision
) -> Comment | None:
    given = {
        SOMEBODY: author.pk,
        SOME_ARTICLE: article.pk,
        SOME_TIME: timezone.now() - DOUBLE_CLICK,
    }
    for pk, above, source in ask(about(_written_lately(), given)):
        if above == (parent.pk if parent else None) and source == draft.source:
            return Comment.objects.get(pk=pk)
    return None


@cache
def _written_lately() -> Written:
    """The newest texts of somebody's standing comments under some article."""
    recent = Comment.objects.written_since(SOMEBODY, SOME_TIME)
    standing = recent.filter(article=SOME_ARTICLE).exclude(state=State.WITHDRAWN)
    texts = Revision.objects.filter(comment=OuterRef("pk")).order_by("-number")
    newest = Subquery(texts.values("source")[:1])
    rows = standing.order_by("-pk").values_list("pk", "parent", newest)
    return write(rows[:MOST_DOUBLES])


def _create(
    article: Article, author: Any, parent: Comment | None, draft: Revision
) -> Comment:
    comment = Comment.objects.create(article=article, author=author, parent=parent)
    comment.path = path_of(comment.pk, parent.path if parent else "")
    comment.depth = depth_of(comment.path)
    place = {"path": comment.path, "depth": comment.depth}
    Comment.objects.filter(pk=comment.pk).update(**place)
    draft.comment, draft.number = comment, 1
    submit(draft)
    return comment


def _withdraw_waiting(comment: Comment) -> None:
    for revision in comment.revisions.drafts():
        decide(revision, to=State.WITHDRAWN, by=Decider.author())
