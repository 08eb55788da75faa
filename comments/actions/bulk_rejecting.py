"""Everything that one member wrote within a while, refused in the background.

The job's row is the order, as everywhere. Its cursor and the decision it stands for
move in one transaction, so that a job that is killed, delivered twice or run by two
workers decides each comment once.
"""

from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from comments import dispatch
from comments.actions.deciding import (
    Decider,
    Reason,
    ReasonMissing,
    StaleDecision,
    decide,
)
from comments.actions.moderating import PUBLIC, remove_comment
from comments.actions.sanctioning import NotSanctionable
from comments.models import BulkRejection, Comment, Revision
from comments.policies import may_reject_all, why_not_sanction
from comments.states import State

BATCH = 25
"""Comments in one run of the task; far from its time limit."""
SWEEP_BATCH = 50

Job = BulkRejection.State


class WroteSince(Exception):
    """The member has written more than the moderator has seen."""


@transaction.atomic
def start(
    member: Any, *, since: datetime, newest: int, moderator: Any, reason: Reason
) -> BulkRejection:
    """Begin, or lead to the job that is at it already.

    `newest` is the latest text (its id) that the moderator was shown: what nobody
    has read is not refused with the rest.
    """
    if reason.rule is None or not reason.explanation.strip():
        raise ReasonMissing
    why_not = why_not_sanction(moderator, member)
    if why_not:
        raise NotSanctionable(why_not)
    # As when posting: nothing of theirs comes in between the count and the job.
    get_user_model().objects.select_for_update(no_key=True).get(pk=member.pk)
    running = BulkRejection.objects.running().filter(member=member).first()
    if running is not None:
        return running
    if newest_text(member, since) != newest:
        raise WroteSince
    job = BulkRejection.objects.create(
        member=member,
        moderator=moderator,
        rule=reason.rule,
        explanation=reason.explanation.strip(),
        since=since,
        total=Comment.objects.written_since(member, since).count(),
    )
    dispatch.enqueue(dispatch.BULK, job.pk)
    return job


def stop(job: BulkRejection) -> bool:
    """What is decided stays decided; False when it has ended by itself."""
    return _end(job, Job.STOPPED)


def run_batch(job_id: int) -> BulkRejection | None:
    """Look at the next comments; None when there is nothing to do (any more)."""
    jobs = BulkRejection.objects.running().select_related("moderator", "rule")
    job = jobs.filter(pk=job_id).first()
    if job is None:
        return None
    # Who may no longer decide does not go on deciding in the background; and who has
    # left is nobody: all that former members wrote would be meant.
    if job.member_id is None or not may_reject_all(job.moderator):
        stop(job)
        return job
    following = _following(job)
    for comment_id in following:
        if not _step(job, comment_id):
            return None
    if len(following) < BATCH:
        _end(job, Job.FINISHED)
    else:
        dispatch.enqueue(dispatch.BULK, job.pk)
    return job


def resend_stalled() -> int:
    """Send every job that has not moved for a while to a worker again."""
    stalled = list(BulkRejection.objects.stalled()[:SWEEP_BATCH])
    for job in stalled:
        # Marked first, so that the next sweep leaves it alone for a while.
        BulkRejection.objects.filter(pk=job.pk).update(touched_at=timezone.now())
        if not dispatch.send(dispatch.BULK, job.pk):
            break
    return len(stalled)


def newest_text(member: Any, since: datetime) -> int:
    """The id of the latest text that a job from that moment on would reach; or 0."""
    texts = Revision.objects.filter(
        comment__author=member, comment__created_at__gte=since
    )
    newest: Any = texts.order_by("-pk").values_list("pk", flat=True)
    return int(newest.first() or 0)


def _following(job: BulkRejection) -> list[int]:
    """What comes next of all that was written before the order; nothing later."""
    written = Comment.objects.written_since(job.member_id, job.since)
    before = written.filter(created_at__lte=job.created_at, pk__gt=job.cursor)
    return list(before.order_by("pk").values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def _step(job: BulkRejection, comment_id: int) -> bool:
    """One comment; False when another worker has it, or the job was stopped."""
    here = BulkRejection.objects.running().filter(pk=job.pk, cursor=job.cursor)
    if here.update(cursor=comment_id, touched_at=timezone.now()) != 1:
        return False
    counter = "decided" if _refuse(job, comment_id) else "skipped"
    BulkRejection.objects.filter(pk=job.pk).update(**{counter: F(counter) + 1})
    job.cursor = comment_id
    return True


def _refuse(job: BulkRejection, comment_id: int) -> bool:
    """Whether there was something to refuse, and nobody was quicker."""
    comments = Comment.objects.select_related("accepted_revision")
    comment = comments.get(pk=comment_id)
    text = _refusable(job, comment)
    if text is None:
        return False
    reason = Reason(job.rule, job.explanation)
    by = Decider.moderator(job.moderator)
    try:
        if text == comment.accepted_revision:
            remove_comment(comment, moderator=by.user, reason=reason, text_id=text.pk)
        else:
            decide(text, to=State.REJECTED, by=by, reason=reason)
    except StaleDecision:
        return False
    return True


def _refusable(job: BulkRejection, comment: Comment) -> Revision | None:
    """The text that is public or waits, unless it was written after the order."""
    text = comment.accepted_revision
    if text is None:
        text = comment.revisions.drafts().first()
    elif comment.state not in PUBLIC:
        return None
    return text if text is not None and text.created_at <= job.created_at else None


def _end(job: BulkRejection, state: Job) -> bool:
    running = BulkRejection.objects.running().filter(pk=job.pk)
    return running.update(state=state, touched_at=timezone.now()) == 1
