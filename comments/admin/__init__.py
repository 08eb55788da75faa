"""The moderators' desk and the rest of the admin of the discussion."""

from comments.admin.appeals import AppealAdmin
from comments.admin.comment import CommentAdmin
from comments.admin.decision import DecisionAdmin
from comments.admin.queue_item import QueueItemAdmin
from comments.admin.report import ReportAdmin
from comments.admin.rules import RuleAdmin, ScreeningPolicyAdmin, WatchedWordAdmin

__all__ = [
    "AppealAdmin",
    "CommentAdmin",
    "DecisionAdmin",
    "QueueItemAdmin",
    "ReportAdmin",
    "RuleAdmin",
    "ScreeningPolicyAdmin",
    "WatchedWordAdmin",
]
