"""Tables and columns as the migrations of a site made them.

Not those of the code: a backup is made before an upgrade, and put back after it.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState
from django.db.models import Model

from ethicsforum.keeping import CannotKeep

Migrations = Mapping[str, list[str]]
"""By app: those that were applied."""


class Schema:
    def __init__(self, migrations: Migrations) -> None:
        self.migrations = migrations
        self._wanted = {(app, name) for app in migrations for name in migrations[app]}

    @cached_property
    def models(self) -> dict[str, type[Model]]:
        """By label in small letters, each with a table of its own."""
        found = self._state().apps.get_models(include_auto_created=True)
        tables = [m for m in found if m._meta.managed and not m._meta.proxy]
        return {model._meta.label_lower: model for model in tables}

    def refuse_unknown(self) -> None:
        known = MigrationExecutor(connection).loader.disk_migrations
        unknown = sorted(self._wanted - set(known))
        if unknown:
            named = ", ".join(f"{app} {name}" for app, name in unknown[:3])
            raise CannotKeep(
                f"it is of a newer version, or of one with other apps: this code does "
                f"not know the migration {named}"
            )

    def make_tables(self) -> None:
        """In an empty database. What `migrate` adds to it comes later: the archive
        has that as it was."""
        executor = MigrationExecutor(connection)
        there = self._wanted & set(executor.loader.graph.nodes)
        executor.migrate(_ends(executor, there))

    def _state(self) -> ProjectState:
        executor = MigrationExecutor(connection)
        leaves = executor.loader.graph.leaf_nodes()
        plan = executor.migration_plan(leaves, clean_start=True)
        state = ProjectState(real_apps=executor.loader.unmigrated_apps)
        for migration, _backwards in plan:
            if (migration.app_label, migration.name) in self._wanted:
                state = migration.mutate_state(state, preserve=False)
        return state


def schema_of_database() -> Schema:
    by_app: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        by_app.setdefault(app, []).append(name)
    return Schema(by_app)


def columns_of(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def _ends(
    executor: MigrationExecutor, there: Iterable[tuple[str, str]]
) -> list[tuple[str, str]]:
    """Those with none after them: each brings the ones before it along."""
    nodes = set(there)
    node_map: Any = executor.loader.graph.node_map
    return sorted(
        key
        for key in nodes
        if not any(child.key in nodes for child in node_map[key].children)
    )
