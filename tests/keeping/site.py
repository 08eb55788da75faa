"""A site that has some of everything, and what is in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from articles.models import Article, Topic
from comments.actions.sealing import seal
from ethicsforum.keeping.places import SCHEMA, leading_to
from ethicsforum.keeping.writing import PASSING
from tests import build, cast

OWL = b"RIFF, and then an owl"

Rows = dict[str, list[tuple[Any, ...]]]


def fill() -> None:
    """A topic, a picture, comments in every state, decisions of all kinds, sealed."""
    article = build.article()
    article.topics.add(Topic.objects.create(name="Medicine", slug="medicine"))
    build.published(author=cast.ann(), body="Ärzte decide – “not” a model. 🦉\n\nLine.")
    build.comment(body="Still in screening.")
    build.held(body="Waits for a moderator.")
    build.rejected(body="About the person.")
    build.removed(body="Was up for a while.")
    build.edited(build.published(body="A first thought."), "A second thought.")
    seal()
    upload("owl-800.webp", OWL)


def upload(name: str, content: bytes) -> Path:
    path = Path(settings.MEDIA_ROOT) / "pictures" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def uploads() -> dict[str, bytes]:
    root = Path(settings.MEDIA_ROOT)
    files = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def rows() -> Rows:
    """All of the database, but what no backup has."""
    found: Rows = {}
    for model in apps.get_models(include_auto_created=True):
        label = model._meta.label_lower
        if label not in PASSING and not model._meta.proxy:
            found[label] = list(model._base_manager.order_by("pk").values_list())
    return found


def everything() -> tuple[Rows, dict[str, bytes]]:
    return rows(), uploads()


def backup(path: Path) -> str:
    return command("backup", path)


def command(*words: Any) -> str:
    said = StringIO()
    call_command(*map(str, words), stdout=said, stderr=said)
    return said.getvalue()


@contextmanager
def another_database(folder: Path) -> Iterator[None]:
    """Empty; of the same kind, and gone afterwards."""
    if connection.vendor == "sqlite":
        with leading_to(NAME=str(folder / "another.sqlite3")):
            yield
        return
    schema = f"{SCHEMA}_another"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {schema}")
    options = {**connection.settings_dict["OPTIONS"]}
    options["options"] = f"-c search_path={schema}"
    try:
        with leading_to(OPTIONS=options):
            yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA {schema} CASCADE")


def titles() -> list[str]:
    return list(Article.objects.order_by("pk").values_list("title", flat=True))
