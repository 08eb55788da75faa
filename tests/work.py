"""How much the database has to do for a request: rows on PostgreSQL, steps on SQLite.

Neither depends on the machine or on what else it does.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection

from bench.measuring import recorded

STEPS = 50
"""Of SQLite's own machine, between two calls of the handler."""


def work_of(ask: Callable[[], Any]) -> int:
    return _rows(ask) if connection.vendor == "postgresql" else _steps(ask)


def _steps(ask: Callable[[], Any]) -> int:
    connection.ensure_connection()
    calls = 0

    def count() -> int:
        nonlocal calls
        calls += 1
        return 0

    connection.connection.set_progress_handler(count, STEPS)
    try:
        ask()
    finally:
        connection.connection.set_progress_handler(None, STEPS)
    return calls


def _rows(ask: Callable[[], Any]) -> int:
    """Read by all its queries, as the database tells when it does them again."""
    with connection.cursor() as cursor:
        # A table of a few pages it would read as a whole; of a large one it can't.
        for way in ("seqscan", "bitmapscan", "hashjoin", "mergejoin"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
    with recorded() as seen:
        ask()
    reads = [query for query in seen if query[0].lstrip("( ").startswith("SELECT")]
    return sum(rows for sql, params in reads for rows in _read_by(sql, params))


def _read_by(sql: str, params: Any) -> Iterator[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}", params)
        (plan,) = cursor.fetchone()
    found = json.loads(plan) if isinstance(plan, str) else plan
    yield from _scanned(found[0]["Plan"])


def _scanned(node: dict[str, Any]) -> Iterator[int]:
    if "Scan" in node["Node Type"] and "Relation Name" in node:
        passed_over = sum(v for k, v in node.items() if k.startswith("Rows Removed"))
        yield int((node["Actual Rows"] + passed_over) * node["Actual Loops"])
    for inner in node.get("Plans", []):
        yield from _scanned(inner)
