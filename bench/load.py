"""One round of load: wrk where it is installed, a client of our own where not."""

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.processes import pinned
from bench.wire import ADDRESS, write

SCRIPT = Path(__file__).with_name("wrk.lua")
GRACE = 30.0


@dataclass(frozen=True)
class Load:
    requests: int
    seconds: float
    p50: float
    """Milliseconds."""
    p95: float
    failed: int

    @property
    def rate(self) -> float:
        return self.requests / self.seconds


def drive(
    port: int,
    requests: Sequence[bytes],
    *,
    connections: int,
    seconds: float,
    core: int | None,
    once: bool = False,
    slow: bool = False,
) -> Load:
    """`once`: each request goes at most once, and the round ends with the last.
    `slow`: it waits for the last answers; wrk would not count what they cost."""
    if once or slow or not shutil.which("wrk"):
        from bench import client

        return client.drive(port, requests, connections, seconds, once)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "requests"
        write(requests, file)
        said = _wrk(port, file, connections, seconds, core)
    return read(said)


def read(said: str) -> Load:
    """What wrk.lua says at the end of a round."""
    line = next(line for line in said.splitlines() if line.startswith("figures "))
    count, duration, p50, p95, failed = map(float, line.split()[1:])
    return Load(int(count), duration / 1e6, p50 / 1000, p95 / 1000, int(failed))


def _wrk(
    port: int, file: Path, connections: int, seconds: float, core: int | None
) -> str:
    command = ["wrk", "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s"]
    command += ["--timeout", "10s", "-s", str(SCRIPT), f"http://{ADDRESS}:{port}/"]
    ended = subprocess.run(  # noqa: S603  # wrk, with numbers and paths of our own
        pinned([*command, "--", str(file)], core),
        capture_output=True,
        text=True,
        check=True,
        timeout=seconds + GRACE,
    )
    return ended.stdout
