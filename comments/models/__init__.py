"""The nouns of the discussion; everybody imports them from here."""

from comments.models.comment import Comment
from comments.models.decision import Decision, DecisionIsFinal
from comments.models.log_entry import LogEntry
from comments.models.notification import Notification
from comments.models.queue_item import QueueItem, oldest_waiting_seconds
from comments.models.revision import Revision
from comments.models.rule import Rule
from comments.models.screening_policy import ScreeningPolicy
from comments.models.watched_word import WatchedWord

__all__ = [
    "Comment",
    "Decision",
    "DecisionIsFinal",
    "LogEntry",
    "Notification",
    "QueueItem",
    "Revision",
    "Rule",
    "ScreeningPolicy",
    "WatchedWord",
    "oldest_waiting_seconds",
]
