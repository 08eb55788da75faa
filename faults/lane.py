"""Some faults, one after the other, to one forum: python -m faults.lane OPTIONS

It has settings, folders and ports of its own, and writes what it found as JSON.
"""

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import django

from bench.processes import stop_when_told
from bench.wire import ADDRESS
from faults import databases
from faults.stand_ins import Classifier, MailServer

ROOM = "192m"
PATIENCE = "15"


def main(arguments: list[str]) -> None:
    options = _options(arguments)
    stop_when_told()
    _require_free(options.port)
    with ExitStack() as stack:
        folder = Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="faults-"))
        )
        folder.chmod(0o755)
        data = folder / "data"
        data.mkdir()
        stack.enter_context(_small(data))
        database = stack.enter_context(
            databases.database(options.database, folder, data)
        )
        classifier, mail = Classifier(), MailServer()
        os.environ |= _environment(database.address, data, classifier, mail)
        os.environ |= {"PORT": str(options.port)}
        django.setup()
        from faults.forum import forum

        made = stack.enter_context(forum(folder, database, classifier, mail))
        for found in _suffer(made, options.fault):
            options.out.write_text(json.dumps(found))


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="faults.lane")
    parser.add_argument("--database", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--fault", action="append", required=True)
    parser.add_argument("--out", type=Path, required=True)
    return parser.parse_args(arguments)


def _require_free(port: int) -> None:
    """A web server shares a port with another, and so would its visitors be shared."""
    with socket.socket() as probe:
        try:
            probe.bind((ADDRESS, port))
        except OSError:
            raise SystemExit(f"Port {port} is taken; see --port.") from None


def _environment(
    address: str, data: Path, classifier: Classifier, mail: MailServer
) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "ethicsforum.settings",
        "DATABASE_URL": address,
        "DATA_DIR": str(data),
        "EMAIL_URL": mail.url,
        "CLASSIFIER_URL": classifier.url,
        "CLASSIFIER_TIMEOUT": PATIENCE,
        "TRUSTED_PROXIES": "1",
        "LIMITS_PERCENT": "0",
        "LOG_LEVEL": "WARNING",
    }


@contextmanager
def _small(data: Path) -> Iterator[None]:
    """DATA_DIR is a disk of its own where that can be had, to be filled."""
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "faults", str(data)],
        capture_output=True,
        check=False,
    )
    try:
        yield
    finally:
        if done.returncode == 0:
            subprocess.run(["umount", "--lazy", str(data)], check=False)


def _suffer(forum: Any, names: list[str]) -> Iterator[list[dict[str, Any]]]:
    """All that was found so far, after each."""
    from faults.all import FAULTS
    from faults.suffering import suffer

    found = []
    for name in names:
        found.append(suffer(forum, FAULTS[name]))
        sys.stderr.write(f"{found[-1]['seconds']:5.0f} s  {name}\n")
        yield found


if __name__ == "__main__":
    main(sys.argv[1:])
