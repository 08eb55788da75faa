"""The moderators' desk and the rest of the admin of the discussion."""

from comments.admin.appeals import AppealAdmin
from comments.admin.bulk_rejection import BulkRejectionAdmin
from comments.admin.comment import CommentAdmin
from comments.admin.decision import DecisionAdmin
from comments.admin.queue_item import QueueItemAdmin
from comments.admin.report import ReportAdmin
from comments.admin.rules import RuleAdmin
from comments.admin.sanction import SanctionAdmin
from comments.admin.screening import ScreeningPolicyAdmin, WatchedWordAdmin

__all__ = [
    "AppealAdmin",
    "BulkRejectionAdmin",
    "CommentAdmin",
    "DecisionAdmin",
    "QueueItemAdmin",
    "ReportAdmin",
    "RuleAdmin",
    "SanctionAdmin",
    "ScreeningPolicyAdmin",
    "WatchedWordAdmin",
]
