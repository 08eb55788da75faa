"""What must be in place before the processes start; nearly free when it is."""

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor

from ethicsforum.local.refusal import Refusal
from ethicsforum.local.voice import Voice


def database(voice: Voice) -> None:
    try:
        pending = _pending_migrations()
        if pending:
            voice.say(f"Bringing the database up to date (migrations: {pending})")
            call_command("migrate", interactive=False, verbosity=0)
        else:
            # Groups, rules and guards follow the code even when no table changed.
            emit_post_migrate_signal(0, False, "default")
    except DatabaseError as error:
        raise Refusal(f"the database does not answer: {_first_line(error)}") from None


def _pending_migrations() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def static_files(voice: Voice) -> None:
    """Collect them into STATIC_ROOT, if any changed since the last time."""
    stamp = Path(settings.DATA_DIR) / "static-files.sha256"
    wanted = _fingerprint()
    collected = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if collected.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    voice.say("Collecting static files")
    try:
        call_command("collectstatic", interactive=False, verbosity=0)
    except (CommandError, OSError, ValueError) as error:
        raise Refusal(
            f"static files can't be collected: {_first_line(error)}"
        ) from None
    stamp.write_text(wanted)


def _fingerprint() -> str:
    digest = hashlib.sha256(repr(settings.STORAGES["staticfiles"]).encode())
    for path in sorted(_sources()):
        state = path.stat()
        digest.update(f"{path} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _sources() -> Iterator[Path]:
    for finder in get_finders():
        for name, storage in finder.list([]):
            yield Path(storage.path(name))


def demo(voice: Voice) -> None:
    if not settings.LOCAL:
        return
    said = io.StringIO()
    call_command("load_demo", stdout=said)
    voice.say(said.getvalue())
    connections.close_all()


def checks(voice: Voice) -> None:
    said = io.StringIO()
    try:
        call_command("check", stdout=said, stderr=said, no_color=True)
    except CommandError as error:
        raise Refusal(f"Django's checks failed: {error}") from None
    if "no issues" not in said.getvalue():
        voice.say(said.getvalue())


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
