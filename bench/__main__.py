"""`make bench`: what the desk costs over a large forum, on PostgreSQL.

make bench ARGS="--comments 10000"
"""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import django


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--comments", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=7, help="of which the median")
    options = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from bench import desk
    from bench.forum import Forum

    with _database():
        forum = Forum(options.comments)
        forum.build()
        found = list(desk.costs(forum.second, options.runs))
    sys.stdout.write(f"{desk.table(found)}\n")
    return 0


@contextmanager
def _database() -> Iterator[None]:
    from django.db import connection

    from ethicsforum.celery import app

    name = str(connection.settings_dict["NAME"])
    connection.settings_dict["TEST"]["NAME"] = f"bench_{name}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    # Mails and tasks go nowhere: a broker that is away would be measured too.
    app.conf.update(broker_url="memory://")
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
