"""Celery's doors: each takes at most one id, and any of them may run twice."""

import logging

from celery import shared_task

from comments import dispatch, notifications
from comments.actions import presence, screening, sealing

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


@shared_task(name="comments.sweep")
def sweep() -> None:
    """Find what was accepted but never finished, and send it again."""
    resent = screening.resend_overdue()
    if resent:
        log.info("%s texts sent to screening again", resent)
    unmailed = notifications.resend_unclaimed()
    if unmailed:
        log.info("%s notices sent to mailing again", unmailed)
    presence.forget_presences()


@shared_task(name="comments.seal")
def seal() -> None:
    """Bind the decisions made since into the chain of the public log."""
    sealed = sealing.seal()
    if sealed:
        log.info("%s decisions sealed into the log", sealed)
