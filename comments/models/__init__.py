"""The nouns of the discussion; everybody imports them from here."""

from comments.models.appeal import Appeal, AppealMessage
from comments.models.comment import Comment
from comments.models.decision import Decision, DecisionIsFinal
from comments.models.desk import Note, Presence, SecondOpinion
from comments.models.log_entry import LogEntry
from comments.models.notification import Notification
from comments.models.queue_item import QueueItem, oldest_waiting_seconds
from comments.models.report import Report
from comments.models.revision import Revision
from comments.models.rule import Rule, RuleVersion
from comments.models.sanction import BulkRejection, Sanction
from comments.models.screening_policy import ScreeningChange, ScreeningPolicy
from comments.models.watched_word import WatchedWord

__all__ = [
    "Appeal",
    "AppealMessage",
    "BulkRejection",
    "Comment",
    "Decision",
    "DecisionIsFinal",
    "LogEntry",
    "Note",
    "Notification",
    "Presence",
    "QueueItem",
    "Report",
    "Revision",
    "Rule",
    "RuleVersion",
    "Sanction",
    "ScreeningChange",
    "ScreeningPolicy",
    "SecondOpinion",
    "WatchedWord",
    "oldest_waiting_seconds",
]
