"""Are the styles and scripts collected, and is there room to write?"""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import staticfiles_storage

from ethicsforum.doctor.finding import Finding, Findings, reason

COLLECT = "run `python -m ethicsforum.roles release`"
TRIED = 1_000_000
"""Bytes that are written to see whether it can be done."""
LEAST_FREE = 200_000_000
LITTLE_FREE = 1_000_000_000


def static_files() -> Findings:
    storage: Any = staticfiles_storage
    root = Path(settings.STATIC_ROOT)
    if not (root / storage.manifest_name).exists():
        yield Finding.broken(
            f"No styles and scripts are collected in {root}, so every page fails",
            COLLECT,
        )
        return
    collected: dict[str, str] = storage.load_manifest()[0]
    missing = sorted(
        name
        for name in _wanted()
        if name not in collected or not (root / collected[name]).exists()
    )
    if missing:
        yield Finding.broken(
            f"{missing[0]} and {len(missing) - 1} more static files of this release "
            f"are not in {root}",
            COLLECT,
        )
    else:
        yield Finding.ok(f"{len(collected)} static files are collected in {root}")


def _wanted() -> set[str]:
    return {name for finder in get_finders() for name, _ in finder.list([])}


def disk() -> Findings:
    folders = [Path(settings.DATA_DIR)]
    media = Path(settings.MEDIA_ROOT)
    if media.exists():
        folders.append(media)
    for folder in folders:
        yield room_in(folder)


def room_in(folder: Path) -> Finding:
    try:
        _try_to_write(folder)
    except OSError as error:
        return Finding.broken(
            f"{folder} can't be written ({reason(error)})",
            "make room there, or give it to the user who runs the site",
        )
    free = shutil.disk_usage(folder).free
    said = f"{folder} can be written and has {free / 1e9:.1f} GB free"
    if free < LEAST_FREE:
        return Finding.broken(said, "make room before it is full")
    if free < LITTLE_FREE:
        return Finding.warning(said, "make room soon")
    return Finding.ok(said)


def _try_to_write(folder: Path) -> None:
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(b"\0" * TRIED)
        file.flush()
        os.fsync(file.fileno())
