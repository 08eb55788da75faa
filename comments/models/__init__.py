"""The nouns of the discussion; everybody imports them from here."""

from comments.models.appeal import Appeal, AppealMessage
from comments.models.attention import Follow, Mute
from comments.models.comment import Comment
from comments.models.decision import Decision, DecisionIsFinal
from comments.models.desk import Note, Presence, SecondOpinion
from comments.models.digest import Digest
from comments.models.log_entry import LogEntry
from comments.models.mail_choice import Delivery, MailChoice
from comments.models.notification import Notification
from comments.models.queue_item import QueueItem, oldest_waiting_seconds
from comments.models.report import Report
from comments.models.revision import Revision
from comments.models.rule import Rule, RuleVersion
from comments.models.sanction import BulkRejection, Sanction
from comments.models.screening_policy import ScreeningChange, ScreeningPolicy
from comments.models.search_document import SearchDocument
from comments.models.visit import Visit
from comments.models.vote import Vote
from comments.models.watched_word import WatchedWord

__all__ = [
    "Appeal",
    "AppealMessage",
    "BulkRejection",
    "Comment",
    "Decision",
    "DecisionIsFinal",
    "Delivery",
    "Digest",
    "Follow",
    "LogEntry",
    "MailChoice",
    "Mute",
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
    "SearchDocument",
    "SecondOpinion",
    "Visit",
    "Vote",
    "WatchedWord",
    "oldest_waiting_seconds",
]
