"""An export: asked for by its owner, made by a worker, gone after a day."""

import logging
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ethicsforum import dispatch, outbox
from ethicsforum.accounts.privacy import files
from ethicsforum.accounts.privacy.mails import compose_export
from ethicsforum.accounts.privacy.models import KEPT_FOR, Export
from ethicsforum.accounts.privacy.package import exported, write_package
from ethicsforum.accounts.privacy.registry import BATCH, Rows

log = logging.getLogger(__name__)

MAKE = "privacy.make_export"
MAIL = "privacy.mail_export"
ORPHANED = timedelta(days=1)


@transaction.atomic
def ask_export(member: Any) -> Export:
    """One at a time: what is on its way, or can still be fetched, is enough."""
    people = get_user_model().objects.select_for_update(no_key=True)
    people.get(pk=member.pk)
    earlier = Export.objects.filter(member=member).first()
    if earlier is not None:
        if earlier.is_pending or earlier.is_ready:
            return earlier
        forget(earlier)
    made = Export.objects.create(member=member)
    dispatch.enqueue(MAKE, made.pk)
    return made


def make_export(export_id: int) -> bool:
    """False when it is made already, or another worker is at it."""
    export = _claim(export_id)
    if export is None:
        return False
    try:
        with files.written(export.file) as to:
            write_package(export.member, to, lambda done: _note(export_id, done))
    except Exception:
        # Another try begins with the next sweep, as long as there is one left.
        Export.objects.filter(pk=export_id).update(started_at=None)
        raise
    _hand_out(export)
    return True


def deliver(export_id: int) -> bool:
    return outbox.deliver(Export.objects.all(), export_id, compose_export)


def resend() -> int:
    """Send what no worker took to one again."""
    unmade = list(Export.objects.lost().values_list("pk", flat=True)[:BATCH])
    for pk in unmade:
        if not dispatch.send(MAKE, pk):
            break
    return len(unmade) + outbox.resend_unclaimed(Export.objects.all(), MAIL)


def forget(export: Export) -> None:
    files.remove(export.file)
    export.delete()


def forget_some(rows: Rows) -> int:
    found = list(rows[:BATCH])
    for export in found:
        forget(export)
    return len(found)


def remove_orphans() -> int:
    """Files that no row knows: a machine that stopped at the wrong moment left them."""
    limit = (timezone.now() - ORPHANED).timestamp()
    known = set(Export.objects.values_list("file", flat=True))
    orphans = [
        path
        for path in files.folder().glob("*.zip")
        if path.name.lstrip(".") not in known and path.stat().st_mtime < limit
    ]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)


def _claim(export_id: int) -> Export | None:
    """Compare and set: of two workers one gets it. The name of the file comes first,
    so that no file is ever without a row that leads to it."""
    rows = Export.objects.unmade().filter(pk=export_id)
    export = rows.select_related("member").first()
    if export is None:
        return None
    name = export.file or files.new_name()
    claimed = rows.filter(started_at=export.started_at, tries=export.tries).update(
        started_at=timezone.now(),
        tries=F("tries") + 1,
        file=name,
        done=0,
        total=len(exported()),
    )
    export.file = name
    return export if claimed == 1 else None


def _note(export_id: int, done: int) -> None:
    Export.objects.filter(pk=export_id).update(done=done)


@transaction.atomic
def _hand_out(export: Export) -> None:
    now = timezone.now()
    Export.objects.filter(pk=export.pk, ready_at__isnull=True).update(
        ready_at=now,
        expires_at=now + KEPT_FOR,
        size=files.path_of(export.file).stat().st_size,
        mail_due_at=now,
    )
    dispatch.enqueue(MAIL, export.pk)
