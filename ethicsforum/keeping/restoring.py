"""Putting a backup back: checked whole, built beside the site, swapped at one blow."""

from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection
from django.db.models import Model

from ethicsforum.keeping import CannotKeep, media
from ethicsforum.keeping.archive import TABLES, Archive, readable
from ethicsforum.keeping.loading import Rows, in_bulk, load
from ethicsforum.keeping.places import replaced_by
from ethicsforum.keeping.rows import rows_in
from ethicsforum.keeping.schema import Schema, columns_of
from ethicsforum.keeping.snapshot import set_last_number
from ethicsforum.page_cache.telling import EVERYTHING, tell
from ethicsforum.progress import Progress

TELLING = ("accounts.User", "articles.Article")
"""A site without any of these holds nothing that anybody could miss."""


def is_empty() -> bool:
    there = connection.introspection.table_names()
    models = [apps.get_model(label) for label in TELLING]
    tables = [model for model in models if model._meta.db_table in there]
    return not any(model._base_manager.exists() for model in tables)


def accounts() -> set[int]:
    """The numbers of all that have a name still; see `privacy.actions.leaving`."""
    people = get_user_model()
    if people._meta.db_table not in connection.introspection.table_names():
        return set()
    named = people._base_manager.exclude(email__endswith="@former.invalid")
    return set(named.values_list("pk", flat=True))


def schema_of(archive: Archive) -> Schema:
    """Refuses what this code can't take, before anything is touched."""
    with readable(archive.path):
        schema = Schema(archive.manifest["migrations"])
        schema.refuse_unknown()
        for label, said in archive.manifest["tables"].items():
            _refuse_foreign(schema.models[label], said)
            archive.members[f"{TABLES}{label}.jsonl"]
    return schema


def _refuse_foreign(model: type[Model], said: dict[str, Any]) -> None:
    if sorted(said["columns"]) != sorted(columns_of(model)):
        raise ValueError(f"it has other columns of {model._meta.label}")
    if {type(said["rows"]), type(said["last"])} != {int}:
        raise ValueError(f"it has no number of rows of {model._meta.label}")


def rows_of(archive: Archive) -> int:
    return sum(table["rows"] for table in archive.manifest["tables"].values())


def restore(archive: Archive, schema: Schema, progress: Progress) -> None:
    """The archive has been verified. Either the site is that of the archive, or it is
    what it was."""

    def build() -> None:
        schema.make_tables()
        _load(archive, schema, progress)
        # What is newer than the archive; and what each `migrate` puts back: the
        # guards of decisions, the index of search.
        call_command("migrate", interactive=False, verbosity=0)
        media.put(archive)

    try:
        replaced_by(build)
    except (DatabaseError, OSError, ValidationError, ValueError) as error:
        why = str(error).strip().partition("\n")[0]
        raise CannotKeep(f"nothing was changed: {why}") from error
    media.drop_others(archive)
    tell(EVERYTHING)


def _load(archive: Archive, schema: Schema, progress: Progress) -> None:
    with in_bulk():
        for label, said in archive.manifest["tables"].items():
            with archive.opened(f"{TABLES}{label}.jsonl") as lines:
                rows = rows_in(lines, schema.models[label], said["columns"])
                _load_table(schema.models[label], said, _counted(rows, progress))


def _load_table(model: type[Model], said: dict[str, Any], rows: Rows) -> None:
    count = load(model, said["columns"], rows)
    if count != said["rows"]:
        words = f"{model._meta.label} has {count} rows, not {said['rows']}"
        raise IntegrityError(words)
    set_last_number(model, said["last"])


def _counted(rows: Rows, progress: Progress) -> Rows:
    for row in rows:
        yield row
        progress.add()
