"""The pages and papers about one's own data; see `pages`."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

from django.db import transaction
from django.test import Client
from django.utils import timezone

from ethicsforum.accounts.privacy.actions.exporting import ask_export
from ethicsforum.accounts.privacy.actions.leaving import ask_deletion
from ethicsforum.accounts.privacy.mails import compose_deletion, compose_export
from ethicsforum.accounts.privacy.models import MOST_TRIES, Deletion, Export
from ethicsforum.accounts.privacy.package import write_package
from tests import cast
from tests.page import BEN, Page


def _ask_for_export(client: Client) -> None:
    export = ask_export(cast.ben())
    Export.objects.filter(pk=export.pk).update(done=7, total=30)


def _export_ready(client: Client) -> None:
    ask_export(cast.ben())
    now = timezone.now()
    ready = {"ready_at": now, "expires_at": now + timedelta(hours=24)}
    Export.objects.update(size=123_456, file="a.zip", **ready)


def _export_failed(client: Client) -> None:
    ask_export(cast.ben())
    Export.objects.update(tries=MOST_TRIES)


def _ask_to_leave(client: Client) -> None:
    ask_deletion(cast.ben(), comments=Deletion.Comments.WITHDRAW)


def _show_it_is_you(client: Client) -> None:
    client.post("/accounts/reauthenticate/", {"password": cast.PASSWORD})


PAGES = [
    Page("/privacy/"),
    Page("/accounts/privacy/", BEN),
    Page("/accounts/privacy/", BEN, before=_ask_for_export),
    Page("/accounts/privacy/", BEN, before=_export_ready),
    Page("/accounts/privacy/", BEN, before=_export_failed),
    Page("/accounts/privacy/", BEN, before=_ask_to_leave),
    Page("/accounts/privacy/export/state/", BEN, is_part=True),
    Page("/notices/", BEN, before=_export_ready),
    Page("/notices/", BEN, before=_ask_to_leave),
    Page("/accounts/privacy/delete/", BEN),
    Page("/accounts/privacy/delete/", "Root"),
    Page("/accounts/privacy/delete/", BEN, {}, 422, before=_show_it_is_you),
    Page("/accounts/privacy/keep/{keep}/"),
    Page("/accounts/privacy/keep/{keep}/", post={}),
    Page("/accounts/privacy/keep/{kept}/"),
]


def papers() -> Iterator[tuple[str, str]]:
    """Two mails, and the page in the file that a member takes along."""
    leaving = compose_deletion(Deletion.objects.get().pk)
    assert leaving is not None
    yield "mail-deletion-asked", str(leaving.alternatives[0][0])
    with transaction.atomic():
        _export_ready(Client())
        ready = compose_export(Export.objects.get().pk)
        transaction.set_rollback(True)
    assert ready is not None
    yield "mail-export-ready", str(ready.alternatives[0][0])
    package = BytesIO()
    write_package(cast.ben(), package, lambda done: None)
    with ZipFile(package) as archive:
        yield "export", archive.read("index.html").decode()
