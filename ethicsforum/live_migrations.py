"""Operations of migrations that keep nobody waiting on a site that runs.

Each in a migration with `atomic = False`. `tests/architecture/test_migrations.py` says
what a migration may not do, and docs/operations.md what to do in its place.
"""

from typing import Any

from django.contrib.postgres.operations import (
    AddIndexConcurrently,
    RemoveIndexConcurrently,
)
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AddIndex, RemoveIndex


class AddIndexMeanwhile(AddIndexConcurrently):
    """CONCURRENTLY on PostgreSQL; on SQLite, which has no such thing, as ever."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, *states: Any
    ) -> None:
        kind = _kind(schema_editor, AddIndexConcurrently, AddIndex)
        kind.database_forwards(self, app_label, schema_editor, *states)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, *states: Any
    ) -> None:
        kind = _kind(schema_editor, AddIndexConcurrently, AddIndex)
        kind.database_backwards(self, app_label, schema_editor, *states)


class RemoveIndexMeanwhile(RemoveIndexConcurrently):
    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, *states: Any
    ) -> None:
        kind = _kind(schema_editor, RemoveIndexConcurrently, RemoveIndex)
        kind.database_forwards(self, app_label, schema_editor, *states)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, *states: Any
    ) -> None:
        kind = _kind(schema_editor, RemoveIndexConcurrently, RemoveIndex)
        kind.database_backwards(self, app_label, schema_editor, *states)


def _kind(editor: BaseDatabaseSchemaEditor, postgres: Any, others: Any) -> Any:
    return postgres if editor.connection.vendor == "postgresql" else others
