"""What may this person do with this comment now: draws the buttons, guards the POST."""

import math
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article
from comments.models import Comment, Decision, Report, Sanction
from comments.models.appeal import MAY_APPEAL_FOR
from comments.states import Measure, State


class Action(StrEnum):
    REPLY = "reply"
    EDIT = "edit"
    WITHDRAW = "withdraw"
    REMOVE = "remove"
    RESTORE = "restore"
    REPORT = "report"


STILL_MINE = frozenset({State.SCREENING, State.HELD, State.PUBLISHED, State.REJECTED})
WITHDRAWABLE = frozenset({State.SCREENING, State.HELD, State.PUBLISHED})
REPLYABLE = frozenset({State.PUBLISHED})
REPORTABLE = frozenset({State.PUBLISHED})


NOTICE_WINDOW = timedelta(hours=1)
MOST_NOTICES_OF_ONE = 5
MOST_NOTICES = 100
WRITING = frozenset({Action.REPLY, Action.EDIT})
"""What a suspension takes away; to read, withdraw and appeal it leaves."""
TOO_LATE_TO_VOTE = {
    State.HELD: gettext_lazy(
        "A moderator is looking at this comment after reports. Your vote was not "
        "counted; when the text is back you can vote again."
    ),
    State.REMOVED: gettext_lazy(
        "This comment was removed in the meantime. Your vote was not counted."
    ),
    State.WITHDRAWN: gettext_lazy(
        "Its author has withdrawn this comment in the meantime. Your vote was not "
        "counted."
    ),
}


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
        user._standing = list(_running(user)) if Sanction.may_stand(user) else []
    found: list[Sanction] = user._standing
    return found


def _running(user: Any) -> Iterable[Sanction]:
    return Sanction.objects.of(user).running().select_related("decision")


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
    if not _is_verified(user):
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


def why_not_report(user: Any, comment: Comment) -> str:
    """The reason why this member can't report the comment; empty when they can."""
    if comment.author_id == user.pk:
        return _("This comment is your own: you can edit or withdraw it.")
    if not _is_verified(user):
        return _("Please confirm your e-mail address first, then report it again.")
    return why_suspended(user)


def why_not_vote(user: Any, comment: Comment) -> str:
    """The reason why this member can't vote on the comment; empty when they can."""
    if _is_by(user, comment):
        return _("This comment is your own: what it is worth, others say.")
    if comment.state != State.PUBLISHED:
        unknown = _("Nobody can vote on this comment now.")
        return str(TOO_LATE_TO_VOTE.get(State(comment.state), unknown))
    if not _is_readable(comment.article):
        return _("This discussion is no longer open to readers, so nobody can vote.")
    if not _is_verified(user):
        return _("Please confirm your e-mail address first, then vote again.")
    return why_suspended(user)


def seconds_until_notice(email: str) -> int:
    """How long this address has to wait before its next notice; 0 when it need not.

    Each notice sends a mail to an address that nobody has verified, so there are
    few an hour for each, and not too many for all.
    """
    now = timezone.now()
    lately = Report.objects.filter(
        source=Report.Source.NOTICE, created_at__gt=now - NOTICE_WINDOW
    )
    rows = lately.order_by("-created_at").values_list("email", "created_at")
    found = list(rows[:MOST_NOTICES])
    own = [moment for sender, moment in found if sender == email]
    if len(own) >= MOST_NOTICES_OF_ONE:
        oldest = own[MOST_NOTICES_OF_ONE - 1]
    elif len(found) >= MOST_NOTICES:
        oldest = found[-1][1]
    else:
        return 0
    return math.ceil((oldest + NOTICE_WINDOW - now).total_seconds())


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
    able = set()
    if comment.article.takes_comments and comment.state in REPLYABLE:
        able.add(Action.REPLY)
    # Visitors too: the link leads them to sign in, and to the form for notices.
    if comment.state in REPORTABLE and not _is_by(user, comment):
        able.add(Action.REPORT)
    return frozenset(able)


def _as_author(user: Any, comment: Comment) -> frozenset[Action]:
    if not _is_by(user, comment):
        return frozenset()
    able = set()
    if comment.state in WITHDRAWABLE:
        able.add(Action.WITHDRAW)
    if comment.state in STILL_MINE and comment.article.takes_comments:
        able.add(Action.EDIT)
    return frozenset(able)


def _is_by(user: Any, comment: Comment) -> bool:
    return bool(user.is_authenticated and comment.author_id == user.pk)


def _is_readable(article: Article) -> bool:
    return article.is_published and article.discussion != Article.Discussion.HIDDEN


def _is_verified(user: Any) -> bool:
    """Asked once for each request, as what stands against the person is."""
    if not hasattr(user, "_verified"):
        user._verified = user.has_verified_email
    return bool(user._verified)


def _as_moderator(user: Any, comment: Comment) -> frozenset[Action]:
    if not user.is_staff or not user.has_perm("comments.remove_comment"):
        return frozenset()
    if comment.state == State.PUBLISHED or comment.is_hidden:
        return frozenset({Action.REMOVE})
    text = comment.accepted_revision
    is_there = text is not None and not text.is_erased
    may_come_up = comment.state == State.REMOVED and is_there
    return frozenset({Action.RESTORE} if may_come_up else ())


def _is_on_duty(user: Any) -> bool:
    return bool(user.is_active and user.is_staff)


def _moment(sanction: Sanction) -> SafeString:
    until = localtime(sanction.decision.until)
    full = date_format(until, "DATETIME_FORMAT")
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        until.isoformat(timespec="seconds"),
        full,
        full,
    )
