"""A member leaves: what becomes of what they wrote, voted, reported and appealed.

Each verb deals with a batch and says how many rows it was; 0 means that nothing is
left. All of them may run twice. Decisions and the log stay as they are.
"""

from typing import Any

from django.db import transaction
from django.db.models import Q

from comments.actions.deciding import Decider, decide, lock_comment
from comments.actions.moderating import PUBLIC
from comments.actions.voting import count_again
from comments.models import (
    Appeal,
    AppealMessage,
    BulkRejection,
    Comment,
    Note,
    QueueItem,
    Report,
    Revision,
    Vote,
)
from comments.states import REFUSED, State
from ethicsforum.accounts.privacy.models import Deletion
from ethicsforum.accounts.privacy.registry import Rows, change_some, delete_some

BATCH = 25
"""Comments in one go; each has a transaction of its own."""

ERASED = {"source": "", "html": "", "text_key": ""}


def leave_comments(member: Any, choice: str) -> int:
    """What waits is withdrawn, what never was public loses its words; what is public
    stays under 'former member', or goes too."""
    rows = Comment.objects.filter(author=member).order_by("pk")
    found = list(rows.values_list("pk", flat=True)[:BATCH])
    for pk in found:
        _leave(pk, withdraw=choice == Deletion.Comments.WITHDRAW)
    return len(found)


def unpublished_of_former() -> Rows:
    """Texts of people who left that nobody is to read any more."""
    gone = Q(comment__state__in=[*REFUSED, State.WITHDRAWN])
    rows = Revision.objects.filter(comment__author__isnull=True).exclude(source="")
    never_public = Q(accepted_at__isnull=True, state__in=[*REFUSED, State.WITHDRAWN])
    return rows.filter(gone | never_public).order_by("pk")


def erase_texts(rows: Rows) -> int:
    return change_some(rows, **ERASED)


def take_votes_back(member: Any, choice: str) -> int:
    """The counters are right again with each vote that goes."""
    votes = Vote.objects.by(member).order_by("pk")
    found = list(votes.values_list("pk", "comment")[:BATCH])
    for pk, comment in found:
        with transaction.atomic():
            lock_comment(comment)
            Vote.objects.filter(pk=pk).delete()
            count_again(comment)
    return len(found)


def leave_reports(member: Any, choice: str) -> int:
    """What was reported stays reported. The reporter's own words stay only as long as
    somebody has to decide about them."""
    theirs = Report.objects.filter(Q(reporter=member) | Q(email__iexact=member.email))
    nobody: dict[str, Any] = {"reporter": None, "name": "", "email": ""}
    left = change_some(theirs.exclude(outcome="").order_by("pk"), note="", **nobody)
    return left or change_some(theirs.order_by("pk"), **nobody)


def leave_appeals(member: Any, choice: str) -> int:
    """Of one that waits nobody is there to be answered, so it goes; what was ruled on
    stays."""
    lodged = Appeal.objects.of(member).order_by("pk")
    waiting = list(lodged.open().select_related("decision")[:BATCH])
    for appeal in waiting:
        _drop(appeal)
    return len(waiting) or change_some(lodged, appellant=None)


def leave_messages(member: Any, choice: str) -> int:
    """The words of the appellant go; what a moderator asked back stays asked."""
    sent = AppealMessage.objects.filter(sender=member).order_by("pk")
    own = change_some(sent.filter(by_moderator=False), sender=None, text="")
    return own or change_some(sent, sender=None)


def drop_notes_on_comments(member: Any, choice: str) -> int:
    return delete_some(Note.objects.filter(comment__author=member).order_by("pk"))


def let_go_of_claims(member: Any, choice: str) -> int:
    items = QueueItem.objects.filter(claimed_by=member).order_by("pk")
    return change_some(items, claimed_by=None, claimed_until=None)


def stop_bulk_rejections(member: Any, choice: str) -> int:
    """Without the member the job stops by itself; see `bulk_rejecting`."""
    jobs = BulkRejection.objects.filter(member=member).order_by("pk")
    return change_some(jobs, member=None)


@transaction.atomic
def _leave(pk: int, *, withdraw: bool) -> None:
    lock_comment(pk)
    for text in Revision.objects.drafts().filter(comment=pk):
        decide(text, to=State.WITHDRAWN, by=Decider.author())
    comment = lock_comment(pk)
    if withdraw and comment.state in PUBLIC and comment.accepted_revision is not None:
        decide(comment.accepted_revision, to=State.WITHDRAWN, by=Decider.author())
    Comment.objects.filter(pk=pk).update(author=None)
    texts = unpublished_of_former().filter(comment=pk)
    Revision.objects.filter(pk__in=texts.values("pk")).update(**ERASED)


@transaction.atomic
def _drop(appeal: Appeal) -> None:
    """Unless a moderator rules on it at this moment: then it is no longer open."""
    lock_comment(appeal.decision.comment_id)
    still_open = Appeal.objects.open().filter(pk=appeal.pk)
    if still_open.exists():
        QueueItem.objects.filter(appeal=appeal).delete()
        still_open.delete()
