"""What a new version needs before its processes start.

Safe to run on every host, again, and at once: one does the work, the others wait and
find it done.
"""

import os
import sys
import time

import django
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, OperationalError, connection

from ethicsforum.roles.alone import Busy, alone

LOCK_SECONDS = 5
"""For so long a change of a table waits for a running site, which waits behind it."""
TRIES = 20
PAUSE = 3.0
LOCK_NOT_AVAILABLE = "55P03"


class NotReleased(Exception):
    """This version is not in place, for a reason that one sentence explains."""


def main() -> int:
    django.setup()
    try:
        _check()
        _collect_static_files()
        with alone(_say):
            _migrate()
    except (NotReleased, Busy, CommandError) as error:
        return _fail(str(error))
    except DatabaseError as error:
        said = str(error).splitlines() or [type(error).__name__]
        return _fail(f"the database does not answer: {said[0]}")
    _say("released; start or restart the processes")
    return 0


def _check() -> None:
    if settings.DATABASE_POOLED:
        raise NotReleased(
            "a pooler can't hold its lock; give the release a DATABASE_URL that leads "
            "to the server itself, and no DATABASE_POOLED."
        )
    # Warnings are printed; what can't work stops the release.
    call_command("check", deploy=not settings.LOCAL, fail_level="ERROR")


def _collect_static_files() -> None:
    root = str(settings.STATIC_ROOT)
    nearest = root if os.path.isdir(root) else os.path.dirname(root)
    if os.access(nearest, os.W_OK):
        call_command("collectstatic", interactive=False, verbosity=0)
    elif not os.path.exists(os.path.join(root, "staticfiles.json")):
        raise NotReleased(
            f"{root} holds no static files and can't be written; run "
            "`manage.py collectstatic` where it can, as the Dockerfile does."
        )
    _say("static files are in place")


def _migrate() -> None:
    for tries_left in reversed(range(TRIES)):
        try:
            _migrate_once()
        except OperationalError as error:
            if not tries_left or not _met_a_lock(error):
                raise
            _say(f"a table is in use; trying again in {PAUSE:.0f} s")
            time.sleep(PAUSE)
        else:
            return


def _migrate_once() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = '{LOCK_SECONDS}s'")
    call_command("migrate", interactive=False)


def _met_a_lock(error: OperationalError) -> bool:
    return getattr(error.__cause__, "sqlstate", "") == LOCK_NOT_AVAILABLE


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _fail(text: str) -> int:
    sys.stderr.write(f"Ethics Forum is not released: {text}\n")
    return 1
