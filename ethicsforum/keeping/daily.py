"""The backup of each day: one, however many beats ask, and only the newest are kept."""

import io
import re
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from ethicsforum.keeping.writing import write_backup
from ethicsforum.progress import Progress

OURS = re.compile(r"forum-\d{4}-\d\d-\d\d\.zip")
"""What bears another name was put there by somebody, and is left alone."""
OVERDUE = 36 * 3600.0
"""Seconds: a day, and half of one for a failure that is tried again every hour."""


def make_due() -> Path | None:
    """Today's, where there is none yet. It has been read back before others go."""
    if settings.BACKUP_DIR is None:
        return None
    path: Path = settings.BACKUP_DIR / f"forum-{timezone.localdate():%Y-%m-%d}.zip"
    if path.exists():
        return None
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_backup(path, Progress("rows", 0, io.StringIO()))
    for old in backups()[: -settings.BACKUP_KEEP]:
        old.unlink(missing_ok=True)
    return path


def backups() -> list[Path]:
    """Oldest first."""
    folder = settings.BACKUP_DIR
    if folder is None or not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if OURS.fullmatch(path.name))


def newest_at() -> float | None:
    """When the last one was made, in seconds since the epoch."""
    there = backups()
    return there[-1].stat().st_mtime if there else None
