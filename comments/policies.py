"""What may this person do with this comment now: draws the buttons, guards the POST."""

from enum import StrEnum
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from articles.models import Article
from comments.models import Comment, Sanction
from comments.states import Measure, State


class Action(StrEnum):
    REPLY = "reply"
    EDIT = "edit"
    WITHDRAW = "withdraw"
    REMOVE = "remove"
    RESTORE = "restore"


STILL_MINE = frozenset({State.SCREENING, State.HELD, State.PUBLISHED, State.REJECTED})
WITHDRAWABLE = frozenset({State.SCREENING, State.HELD, State.PUBLISHED})
REPLYABLE = frozenset({State.PUBLISHED})
WRITING = frozenset({Action.REPLY, Action.EDIT})
"""What a suspension takes away; to read, withdraw and appeal it leaves."""


def actions_for(user: Any, comment: Comment) -> frozenset[Action]:
    able = (
        _as_reader(user, comment)
        | _as_author(user, comment)
        | _as_moderator(user, comment)
    )
    return able - WRITING if suspension_of(user) else able


def standing(user: Any) -> list[Sanction]:
    """The person's running limit and suspension.

    Asked of the database once, then kept on the user of this request, as Django
    keeps permissions: each comment on a page is asked about.
    """
    if not user.is_authenticated:
        return []
    if not hasattr(user, "_standing"):
        rows = Sanction.objects.of(user).running().select_related("decision")
        user._standing = list(rows)
    found: list[Sanction] = user._standing
    return found


def suspension_of(user: Any) -> Sanction | None:
    running = (s for s in standing(user) if s.measure == Measure.SUSPEND)
    return next(running, None)


def why_suspended(user: Any) -> str:
    """Until when this person can't write, with a link to the reason; else empty."""
    suspension = suspension_of(user)
    return words_to_member(suspension) if suspension else ""


def words_to_member(sanction: Sanction) -> SafeString:
    """One sentence for whom it is about, with a link to the statement of reasons."""
    if sanction.measure == Measure.SUSPEND:
        words = _(
            "Until {until} your account is suspended: you can read, withdraw your "
            "comments and appeal, but not write. {link}"
        )
    else:
        words = _(
            "Until {until} a moderator reads each of your comments before others "
            "see it. {link}"
        )
    address = reverse("comments:decision", args=[sanction.decision_id])
    link = format_html('<a href="{}">{}</a>', address, _("Why, and how to appeal"))
    return format_html(words, until=_moment(sanction), link=link)


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
    return why_suspended(user)


def why_not_sanction(moderator: Any, member: Any) -> str:
    """The reason why this moderator can't act on that account; empty when they can."""
    if member is None:
        return _("The account is gone; there is nobody to act on.")
    if member == moderator:
        return _("That is your own account.")
    if member.is_staff or member.is_superuser:
        return _(
            "Colleagues can’t be warned, limited or suspended here. Take their rights "
            "away first, if it must be."
        )
    return ""


def may_sanction(user: Any) -> bool:
    return _is_on_duty(user) and bool(user.has_perm("comments.impose_sanction"))


def may_reject_all(user: Any) -> bool:
    return may_sanction(user) and bool(user.has_perm("comments.remove_comment"))


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


def _is_on_duty(user: Any) -> bool:
    return bool(user.is_active and user.is_staff)


def _moment(sanction: Sanction) -> SafeString:
    until = localtime(sanction.decision.until)
    full = date_format(until, "DATETIME_FORMAT")
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', until.isoformat(), full, full
    )
