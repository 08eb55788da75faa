"""What one request costs: time, queries, and the most rows that one of them reads."""

import json
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from statistics import median
from typing import Any

from django.db import connection, transaction

from bench.tables import columns

Query = tuple[str, Any]
Reading = tuple[int, str]
"""So many rows of that table."""
NOTHING: Reading = (0, "")

BOUND = re.compile(r'LIMIT \d+|(created|opened|closed)_at" (>=|BETWEEN)')

FEW = 1_000
"""A count that reads no more than this is no burden, however it is written."""


@dataclass(frozen=True)
class Cost:
    what: str
    waiting: int
    queries: int
    milliseconds: float
    rows: int
    """The most that one query reads from one table."""
    table: str
    full_counts: int
    status: int


HEADINGS = (
    "the desk, on PostgreSQL",
    "waiting",
    "status",
    "queries",
    "ms",
    "most rows read",
    "of",
    "full counts",
)


def cost(what: str, waiting: int, runs: int, request: Callable[[], Any]) -> Cost:
    """The median of some runs after a first one; the queries of the last."""
    request()
    measured = [_measured(request) for _ in range(runs)]
    _, seen, status = measured[-1]
    if status >= HTTPStatus.BAD_REQUEST:
        raise RuntimeError(f"{what}: status {status}")
    read = {sql: _most_read(sql, params) for sql, params in seen if _is_read(sql)}
    rows, table = max(read.values(), default=NOTHING)
    return Cost(
        what=what,
        waiting=waiting,
        queries=len(seen),
        milliseconds=round(median(m[0] for m in measured) * 1000, 1),
        rows=rows,
        table=table.removeprefix("comments_"),
        full_counts=sum(_is_unbounded(sql) and n > FEW for sql, (n, _) in read.items()),
        status=status,
    )


def _measured(request: Callable[[], Any]) -> tuple[float, list[Query], int]:
    with recorded() as seen:
        begin = time.perf_counter()
        response = request()
        return time.perf_counter() - begin, seen, response.status_code


@contextmanager
def recorded() -> Iterator[list[Query]]:
    seen: list[Query] = []

    def record(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(record):
        yield seen


def _is_read(sql: str) -> bool:
    return sql.lstrip("( ").upper().startswith("SELECT")


def _is_unbounded(sql: str) -> bool:
    """A count without a limit and without a beginning in time."""
    return "COUNT(" in sql and not BOUND.search(sql)


def _most_read(sql: str, params: Any) -> Reading:
    """Ask the database how many rows it went through, by doing it again."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}", params)
        (plan,) = cursor.fetchone()
    found = json.loads(plan) if isinstance(plan, str) else plan
    return max(_scanned(found[0]["Plan"]), default=NOTHING)


def _scanned(node: dict[str, Any]) -> Iterator[Reading]:
    if "Scan" in node["Node Type"] and "Relation Name" in node:
        passed_over = sum(v for k, v in node.items() if k.startswith("Rows Removed"))
        rows = (node["Actual Rows"] + passed_over) * node["Actual Loops"]
        yield int(rows), node["Relation Name"]
    for inner in node.get("Plans", []):
        yield from _scanned(inner)


def table_of(found: Sequence[Cost]) -> str:
    rows = [
        (
            each.what,
            f"{each.waiting:,}",
            str(each.status),
            str(each.queries),
            f"{each.milliseconds:.1f}",
            f"{each.rows:,}",
            each.table,
            str(each.full_counts),
        )
        for each in found
    ]
    return columns(HEADINGS, rows)
