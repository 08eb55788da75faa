"""What the discussion holds of a member, in the order in which it is erased: what hangs
on a comment before the comment."""

from django.utils.translation import gettext_lazy as _

from comments.actions import departing
from ethicsforum.accounts.privacy.registry import (
    End,
    Holding,
    declare,
    nothing_more,
)

COLLEAGUES = _("It is work on the forum, not yours alone. It stays without your name.")
OTHERS_WORDS = _("Others’ words about you are theirs; what came of them is exported.")
OTHERS_CHOICE = _("It is the choice of others, who are not named to anybody.")
ONCE_PUBLIC = _("It is the record of what was decided in public.")

declare(
    Holding(
        "comments.Note",
        "comment__author",
        _("moderators’ notes on your comments"),
        End.ERASED,
        why=OTHERS_WORDS,
        erase=departing.drop_notes_on_comments,
    ),
    Holding(
        "comments.Note",
        "member",
        _("moderators’ notes about you"),
        End.ERASED,
        why=OTHERS_WORDS,
    ),
    Holding(
        "comments.Appeal",
        "appellant",
        _("your appeals"),
        End.UNLINKED,
        ("decision", "created_at", "outcome", "ruling__explanation"),
        why=_("Its outcome stays in the log. One that still waits is dropped."),
        erase=departing.leave_appeals,
    ),
    Holding(
        "comments.AppealMessage",
        "sender",
        _("what you wrote in appeals"),
        End.UNLINKED,
        ("appeal__decision", "created_at", "by_moderator", "text"),
        why=_("That there was a message stays; your words go."),
        erase=departing.leave_messages,
    ),
    Holding(
        "comments.Report",
        "reporter",
        _("your reports"),
        End.UNLINKED,
        (
            "created_at",
            "comment",
            "comment__article__title",
            "rule__title",
            "note",
            "name",
            "email",
            "outcome",
            "decided_at",
        ),
        why=_("That somebody reported it stays; name, address and words go."),
        erase=departing.leave_reports,
    ),
    Holding(
        "comments.Vote",
        "member",
        _("your votes"),
        End.ERASED,
        ("comment", "value", "agree", "changed_at"),
        erase=departing.take_votes_back,
    ),
    Holding(
        "comments.Notification",
        "recipient",
        _("your notices"),
        End.ERASED,
        ("created_at", "kind", "decision", "report", "news", "read_at", "mailed_at"),
    ),
    Holding(
        "comments.Digest",
        "recipient",
        _("mails that gathered notices"),
        End.ERASED,
        ("period", "day", "mailed_at"),
    ),
    Holding(
        "comments.MailChoice",
        "member",
        _("which mails you want"),
        End.ERASED,
        ("replies", "mentions", "followed", "decisions"),
    ),
    Holding(
        "comments.Visit",
        "member",
        _("when you last looked at a discussion"),
        End.ERASED,
        ("article__title", "seen_at", "before"),
    ),
    *(
        Holding(
            f"comments.{model}",
            "member",
            what,
            End.ERASED,
            ("article__title", "person__username", "created_at"),
        )
        for model, what in (
            ("Follow", _("what you follow")),
            ("Mute", _("what you mute")),
        )
    ),
    *(
        Holding(f"comments.{model}", "person", what, End.ERASED, why=OTHERS_CHOICE)
        for model, what in (
            ("Follow", _("who follows you")),
            ("Mute", _("who mutes you")),
        )
    ),
    Holding(
        "comments.Sanction",
        "member",
        _("warnings, limits and suspensions"),
        End.UNLINKED,
        (
            "decision__measure",
            "decision__created_at",
            "decision__until",
            "decision__rule__title",
            "decision__explanation",
            "lifted_by__created_at",
        ),
        why=ONCE_PUBLIC,
    ),
    Holding(
        "comments.BulkRejection",
        "member",
        _("that much of what you wrote was refused at once"),
        End.UNLINKED,
        ("created_at", "since", "rule__title", "explanation", "decided"),
        why=ONCE_PUBLIC,
        erase=departing.stop_bulk_rejections,
    ),
    Holding(
        "comments.Decision",
        "comment__author",
        _("decisions about your comments"),
        End.UNLINKED,
        (
            "id",
            "comment",
            "created_at",
            "from_state",
            "to_state",
            "measure",
            "until",
            "decider_kind",
            "rule__title",
            "explanation",
            "findings",
        ),
        why=ONCE_PUBLIC,
        erase=nothing_more,
    ),
    Holding(
        "comments.Revision",
        "comment__author",
        _("the texts of your comments, all versions"),
        End.UNLINKED,
        ("comment", "number", "state", "created_at", "source"),
        why=_("Only what is public stays, and goes too if you choose so."),
        erase=nothing_more,
    ),
    Holding(
        "comments.QueueItem",
        "comment__author",
        _("how long your comments waited for a moderator"),
        End.UNLINKED,
        ("comment", "kind", "opened_at", "closed_at"),
        why=COLLEAGUES,
        erase=nothing_more,
    ),
    Holding(
        "comments.Report",
        "comment__author",
        _("reports on your comments"),
        End.UNLINKED,
        why=OTHERS_WORDS,
        erase=nothing_more,
    ),
    Holding(
        "comments.SearchDocument",
        "comment__author",
        _("the words of your comments for the search"),
        End.UNLINKED,
        why=_("It follows the comment: what is withdrawn is not found."),
        erase=nothing_more,
    ),
    Holding(
        "comments.LogEntry",
        "decision__comment__author",
        _("lines of the sealed log about your comments"),
        End.UNLINKED,
        why=_("They have no text and no name in them."),
        erase=nothing_more,
    ),
    Holding(
        "comments.Comment",
        "author",
        _("your comments"),
        End.UNLINKED,
        (
            "id",
            "article__title",
            "parent",
            "state",
            "created_at",
            "published_at",
            "value_up",
            "value_down",
            "agree_up",
            "agree_down",
        ),
        why=_("Replies hang on them. Their texts go if you choose so."),
        erase=departing.leave_comments,
    ),
)
