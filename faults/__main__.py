"""`make faults`: each thing that breaks some day, and whether the promises hold.

    make faults
    make faults ARGS="--database postgresql"
    make faults ARGS="--only Redis --json found.json"

See the chapter in docs/operations.md. Exit code 1 when something did not hold.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench.processes import LONGEST, end, start, stop_when_told
from faults.names import LANES, TOGETHER, wanted
from faults.table import COUNTS, failures, table

DATABASES = ("sqlite", "postgresql")
FIRST_PORT = 8330

Found = list[dict[str, Any]]


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    stop_when_told()
    begin = time.monotonic()
    by_lane = wanted(options.only)
    if not by_lane:
        names = "\n".join(name for names in LANES.values() for name in names)
        raise SystemExit(f"No fault is called so. There are:\n{names}")
    found: Found = []
    for together in TOGETHER:
        found += _suffer(options, {lane: by_lane.get(lane, []) for lane in together})
    _say(f"\n{table(found)}\n\n{options.database}, {time.monotonic() - begin:.0f} s")
    if options.json:
        options.json.write_text(json.dumps(found, indent=1) + "\n")
    broken = failures(found)
    _say("\n".join(broken))
    return 1 if broken else 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make faults ARGS=")
    parser.add_argument("--database", choices=DATABASES, default="sqlite")
    parser.add_argument("--only", action="append", default=[], metavar="WORDS")
    parser.add_argument("--port", type=int, default=FIRST_PORT, help="and those after")
    parser.add_argument("--json", type=Path, help="where to write what was found")
    return parser.parse_args(arguments)


def _suffer(options: argparse.Namespace, lanes: dict[str, list[str]]) -> Found:
    """Each lane in a process of its own, which has settings of its own."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        started = []
        for lane, names in lanes.items():
            if names:
                out = folder / f"{lane}.json"
                process = _start(options, lane, names, out)
                stack.callback(end, process)
                started.append((process, names, out))
        return [one for each in started for one in _heard(*each)]


def _start(
    options: argparse.Namespace, lane: str, names: list[str], out: Path
) -> "subprocess.Popen[bytes]":
    port = options.port + 4 * list(LANES).index(lane)
    command = [sys.executable, "-m", "faults.lane", "--database", options.database]
    command += ["--port", str(port), "--out", str(out)]
    for name in names:
        command += ["--fault", name]
    return start(command)


def _heard(process: "subprocess.Popen[bytes]", names: list[str], out: Path) -> Found:
    process.wait(LONGEST)
    found: Found = json.loads(out.read_text()) if out.exists() else []
    there = {one["name"] for one in found}
    return [*found, *(_broken(name) for name in names if name not in there)]


def _broken(name: str) -> dict[str, Any]:
    counts = dict.fromkeys(COUNTS, 0)
    said = ["the suite itself broke down; see above"]
    return {"name": name, "skipped": "", "breaches": said, **counts}


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
