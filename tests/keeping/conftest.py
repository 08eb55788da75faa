from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from ethicsforum.keeping.schema import Schema


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "by_migrations: tables as a site gets them")


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: Any) -> Path:
    folder = tmp_path / "media"
    settings.MEDIA_ROOT = folder
    return folder


def made_at_once(self: Schema) -> None:
    """As they are after the last migration, without the way there."""
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    for app, names in self.migrations.items():
        for name in names:
            recorder.record_applied(app, name)
    with connection.schema_editor() as editor:
        for model in self.models.values():
            if not model._meta.auto_created:
                editor.create_model(model)


@pytest.fixture(autouse=True)
def quick_tables(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "by_migrations" not in request.keywords:
        monkeypatch.setattr(Schema, "make_tables", made_at_once)
