"""Celery's doors: each takes at most one id, and any of them may run twice."""

import logging

from celery import shared_task

from comments import dispatch, notifications
from comments.actions import (
    announcing,
    bulk_rejecting,
    calibrating,
    digesting,
    presence,
    screening,
    sealing,
    voting,
)

log = logging.getLogger(__name__)


@shared_task(name=dispatch.SCREEN)
def screen(revision_id: int) -> None:
    decision = screening.screen(revision_id)
    if decision is not None:
        log.info("revision %s: %s", revision_id, decision.to_state)


@shared_task(name=dispatch.DELIVER)
def deliver(notification_id: int) -> None:
    if notifications.deliver(notification_id):
        log.info("notice %s mailed", notification_id)


@shared_task(name=dispatch.DELIVER_DIGEST)
def deliver_digest(digest_id: int) -> None:
    if notifications.deliver_digest(digest_id):
        log.info("digest %s mailed", digest_id)


@shared_task(name=dispatch.ANNOUNCE)
def announce(comment_id: int) -> None:
    told = announcing.announce(comment_id)
    if told:
        log.info("comment %s: %s members told", comment_id, told)


@shared_task(name="comments.digests")
def digests() -> None:
    """Once an hour: gather what members hear of by the day or by the week."""
    made = digesting.make_digests()
    if made:
        log.info("%s digests made", made)


@shared_task(name=dispatch.BULK)
def bulk(bulk_rejection_id: int) -> None:
    job = bulk_rejecting.run_batch(bulk_rejection_id)
    if job is not None:
        log.info("bulk rejection %s: up to comment %s", job.pk, job.cursor)


@shared_task(name="comments.sweep")
def sweep() -> None:
    """Find what was accepted but never finished, and send it again."""
    resent = screening.resend_overdue()
    if resent:
        log.info("%s texts sent to screening again", resent)
    unmailed = notifications.resend_unclaimed()
    if unmailed:
        log.info("%s mails sent to mailing again", unmailed)
    unannounced = announcing.resend_lost()
    if unannounced:
        log.info("%s comments sent to announcing again", unannounced)
    stalled = bulk_rejecting.resend_stalled()
    if stalled:
        log.info("%s bulk rejections sent to a worker again", stalled)
    presence.forget_presences()


@shared_task(name="comments.seal")
def seal() -> None:
    """Bind the decisions made since into the chain of the public log."""
    sealed = sealing.seal()
    if sealed:
        log.info("%s decisions sealed into the log", sealed)


@shared_task(name="comments.calibrate")
def calibrate() -> None:
    """Bring a share of what was decided before a second moderator."""
    opened = calibrating.calibrate()
    if opened:
        log.info("%s second looks opened", opened)


@shared_task(name="comments.recount")
def recount() -> None:
    """Each night: make every counter of votes equal its votes again."""
    mended = voting.recount()
    if mended:
        log.info("the votes on %s comments counted again", mended)
