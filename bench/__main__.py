"""`make bench`: what reading, writing and moderating cost, beside nginx.

    make bench ARGS="--quick"
    make bench ARGS="--only 'a page of 1,000' --databases sqlite"
    make bench ARGS="--json now.json --compare earlier.json"

See docs/performance.md. It asserts no time.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import stores
from bench.cases import GROWING, ON_DESK
from bench.comparing import compare
from bench.figures import Figure, desk_growth, failures, growth, table
from bench.processes import Cores, stop_when_told, wait_for
from bench.stores import Size

SIZES = (1_000, 10_000, 100_000, 1_000_000)
MIXED_SIZE = 100_000
MIX = "95 reads"
WAITING = (1_000, 100_000)
DESK_SIZE = 100_000
"""Comments of the sites that differ by what waits alone."""
DATABASES = ("sqlite", "postgresql")

Found = list[dict[str, Any]]


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    stop_when_told()
    begin = datetime.now(UTC)
    found: Found = []
    for database in options.databases:
        with _server(database) as server:
            for size, only in _plan(options):
                found.append(_measure(options, database, server, size, only))
    result = {
        "began": begin.isoformat(timespec="seconds"),
        "seconds": round((datetime.now(UTC) - begin).total_seconds()),
        "cores": len(os.sched_getaffinity(0)),
        "load_before": os.getloadavg()[0],
        "rounds": options.rounds,
        "seconds_each": options.seconds,
        "sites": found,
    }
    _print(result, options.databases)
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n")
    if options.compare:
        earlier = figures_of(json.loads(options.compare.read_text()))
        _say(compare(earlier, figures_of(result)))
    return 0


def figures_of(result: Mapping[str, Any]) -> list[Figure]:
    return [Figure(**one) for site in result["sites"] for one in site["figures"]]


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench ARGS=")
    parser.add_argument("--databases", nargs="+", choices=DATABASES)
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES, metavar="N")
    parser.add_argument("--waiting", nargs="*", type=int, default=WAITING, metavar="N")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4, help="of each round")
    parser.add_argument("--only", action="append", default=[], metavar="NAME")
    parser.add_argument("--quick", action="store_true", help="one round, small data")
    parser.add_argument("--json", type=Path, help="where to write the figures")
    parser.add_argument("--compare", type=Path, help="the figures of an earlier run")
    parser.set_defaults(discussions=1_000, beside=4)
    options = parser.parse_args(arguments)
    options.databases = options.databases or DATABASES[: 1 if options.quick else None]
    if options.quick:
        options.sizes, options.rounds, options.seconds = [10_000], 1, 2
        options.discussions, options.beside = 50, 1
        options.waiting = []
    return options


def _plan(options: argparse.Namespace) -> Iterator[tuple[Size, list[str]]]:
    """Each size of site with what is measured there: everything on the largest, and
    the desk where this much or that waits."""
    *smaller, largest = sorted(options.sizes)
    for comments in smaller:
        yield Size(comments), options.only or _on_smaller(comments)
    yield Size(largest), options.only
    desk = [name for name in ON_DESK if _is_wanted(name, options.only)]
    for waiting in options.waiting if desk else ():
        yield Size(DESK_SIZE, waiting), desk


def _is_wanted(name: str, only: Sequence[str]) -> bool:
    return not only or any(word in name for word in only)


def _on_smaller(comments: int) -> list[str]:
    return [*GROWING, *([MIX] if comments == MIXED_SIZE else [])]


@contextmanager
def _server(database: str) -> Iterator[str]:
    if database == "sqlite":
        yield ""
        return
    with stores.postgresql_server(Cores.of_this_machine()) as server:
        yield server


def _measure(
    options: argparse.Namespace,
    database: str,
    server: str,
    size: Size,
    only: Sequence[str],
) -> dict[str, Any]:
    _say(f"{size.words} on {database}")
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        data = Path(name)
        copy = (
            stores.fresh_postgresql(server, size)
            if server
            else stores.fresh_sqlite(size, data)
        )
        with copy as address:
            return _ask_site(options, database, data, address, size, only)


def _ask_site(
    options: argparse.Namespace,
    database: str,
    data: Path,
    address: str,
    size: Size,
    only: Sequence[str],
) -> dict[str, Any]:
    out = data / "figures.json"
    command = [sys.executable, "-m", "bench.site", "--database", database]
    for name in ("rounds", "seconds", "discussions", "beside"):
        command += [f"--{name}", str(getattr(options, name))]
    command += ["--comments", str(size.comments), "--out", str(out)]
    for word in only:
        command += ["--only", word]
    # Its settings are read once, so each site has a process of its own.
    environment = {"DATABASE_URL": address, "DATA_DIR": str(data)}
    environment |= {"TRUSTED_PROXIES": "1", "LOG_LEVEL": "ERROR"}
    wait_for(command, environment)
    found: dict[str, Any] = json.loads(out.read_text())
    if size.waiting is not None:
        for figure in found["figures"]:
            figure["waiting"] = size.waiting
    return {"database": database, "comments": size.comments, **found}


def _print(result: Mapping[str, Any], databases: Sequence[str]) -> None:
    figures = figures_of(result)
    for database in databases:
        _say(f"\n{table(database, figures)}")
    for database in databases:
        if len({figure.comments for figure in figures}) > 1:
            _say(f"\n{growth(database, figures)}")
    for database in databases:
        if any(figure.waiting for figure in figures):
            _say(f"\n{desk_growth(database, figures)}")
    for site in result["sites"]:
        _say(_of_site(site))
    for line in failures(figures):
        _say(line)


def _of_site(site: Mapping[str, Any]) -> str:
    where = f"{site['comments']:,} comments on {site['database']}"
    cold, memory = site["cold_start"], site["megabytes"]
    line = f"{where}: first answer after {cold:.2f} s, {memory:.0f} MB at the end"
    if not site["desk"]:
        return line
    from bench.measuring import Cost, table_of

    return f"{line}\n\n{table_of([Cost(**one) for one in site['desk']])}\n"


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
