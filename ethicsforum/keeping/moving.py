"""A site on SQLite, whole, to PostgreSQL: a backup of everything, put back there."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from ethicsforum.keeping import CannotKeep

PATIENCE = 20.0


@contextmanager
def nobody_writes() -> Iterator[None]:
    """What would be accepted now would be lost: whoever tries is told to try later."""
    site = sqlite3.connect(
        connection.settings_dict["NAME"], timeout=PATIENCE, isolation_level=None
    )
    try:
        site.execute("BEGIN IMMEDIATE")
        yield
        site.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        raise CannotKeep(f"somebody is writing; stop the site ({error})") from None
    finally:
        site.close()
