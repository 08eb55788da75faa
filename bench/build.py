"""Builds a forum in the database of DATABASE_URL.

python -m bench.build COMMENTS [WAITING]
"""

import os
import sys

import django


def main(comments: int, waiting: int | None = None) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "ethicsforum.settings"
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from bench.forum import Forum

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # Nothing to lose: what is not whole is built anew.
            cursor.execute("PRAGMA synchronous = OFF")
    call_command("migrate", interactive=False, verbosity=0)
    Forum(comments, waiting).build()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
