"""Celery's doors: each takes at most one id, and any of them may run twice."""

import logging

from celery import shared_task

from ethicsforum.accounts.privacy.actions import exporting, leaving, tidying

log = logging.getLogger(__name__)


@shared_task(name=exporting.MAKE, soft_time_limit=240, time_limit=270)
def make_export(export_id: int) -> None:
    if exporting.make_export(export_id):
        log.info("export %s made", export_id)


@shared_task(name=exporting.MAIL)
def mail_export(export_id: int) -> None:
    if exporting.deliver(export_id):
        log.info("export %s told of", export_id)


@shared_task(name=leaving.MAIL)
def mail_deletion(deletion_id: int) -> None:
    if leaving.deliver(deletion_id):
        log.info("deletion %s told of", deletion_id)


@shared_task(name=leaving.CARRY_OUT)
def carry_out(deletion_id: int) -> None:
    if leaving.carry_out(deletion_id):
        log.info("deletion %s carried out", deletion_id)


@shared_task(name="privacy.sweep")
def sweep() -> None:
    """Send what is due, or was never finished, to a worker."""
    sent = exporting.resend() + leaving.resend()
    if sent:
        log.info("%s exports and deletions sent to workers again", sent)


@shared_task(name="privacy.tidy")
def tidy() -> None:
    """Once an hour: what is older than its period goes."""
    for name, count in tidying.tidy().items():
        log.info("past their time: %s %s", count, name)
