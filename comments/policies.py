"""What may this person do with this comment now: draws the buttons, guards the POST."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article
from comments.models import Comment, Decision
from comments.models.appeal import MAY_APPEAL_FOR
from comments.states import State


class Action(StrEnum):
    REPLY = "reply"
    EDIT = "edit"
    WITHDRAW = "withdraw"
    REMOVE = "remove"
    RESTORE = "restore"


STILL_MINE = frozenset({State.SCREENING, State.HELD, State.PUBLISHED, State.REJECTED})
WITHDRAWABLE = frozenset({State.SCREENING, State.HELD, State.PUBLISHED})
REPLYABLE = frozenset({State.PUBLISHED})


def actions_for(user: Any, comment: Comment) -> frozenset[Action]:
    return (
        _as_reader(user, comment)
        | _as_author(user, comment)
        | _as_moderator(user, comment)
    )


def why_not_comment(user: Any, article: Article) -> str:
    """The reason why this person can't comment here now; empty when they can."""
    if article.discussion == Article.Discussion.HIDDEN:
        return _("There is no discussion under this article.")
    if not article.is_published:
        return _("The discussion opens when the article is published.")
    if not article.takes_comments:
        return _("This discussion is closed; it can still be read.")
    if not user.has_verified_email:
        return _("Please confirm your e-mail address first, then send it again.")
    return ""


def why_not_answer(comment: Comment, article: Article) -> str:
    """The reason why nobody can answer this comment here; empty when they can."""
    if comment.article_id != article.pk:
        return _("The comment you answer stands under another article.")
    if comment.state not in REPLYABLE:
        return _(
            "The comment you answer is no longer there. Your text is kept: you "
            "can send it as a comment of its own."
        )
    return ""


def why_not_appeal(decision: Decision) -> str:
    """The reason why the person concerned can't appeal it now; empty when they can."""
    if not decision.is_refusal:
        return _("Nothing was refused here, so there is nothing to appeal.")
    if timezone.now() > appeal_until(decision):
        return _("The time in which this decision could be appealed is over.")
    if Decision.objects.reversing(decision).exists():
        return _("This decision was taken back, so there is nothing left to appeal.")
    return ""


def appeal_until(decision: Decision) -> datetime:
    return decision.created_at + MAY_APPEAL_FOR


def _as_reader(user: Any, comment: Comment) -> frozenset[Action]:
    open_here = comment.article.takes_comments and comment.state in REPLYABLE
    return frozenset({Action.REPLY} if open_here else ())


def _as_author(user: Any, comment: Comment) -> frozenset[Action]:
    if not user.is_authenticated or comment.author_id != user.pk:
        return frozenset()
    able = set()
    if comment.state in WITHDRAWABLE:
        able.add(Action.WITHDRAW)
    if comment.state in STILL_MINE and comment.article.takes_comments:
        able.add(Action.EDIT)
    return frozenset(able)


def _as_moderator(user: Any, comment: Comment) -> frozenset[Action]:
    if not user.is_staff or not user.has_perm("comments.remove_comment"):
        return frozenset()
    if comment.state == State.PUBLISHED or comment.is_hidden:
        return frozenset({Action.REMOVE})
    return frozenset({Action.RESTORE} if comment.state == State.REMOVED else ())
