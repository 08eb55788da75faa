"""The moderators' desk and the rest of the admin of the discussion."""

from comments.admin.comment import CommentAdmin
from comments.admin.decision import DecisionAdmin
from comments.admin.queue_item import QueueItemAdmin
from comments.admin.rules import RuleAdmin
from comments.admin.screening import ScreeningPolicyAdmin, WatchedWordAdmin

__all__ = [
    "CommentAdmin",
    "DecisionAdmin",
    "QueueItemAdmin",
    "RuleAdmin",
    "ScreeningPolicyAdmin",
    "WatchedWordAdmin",
]
