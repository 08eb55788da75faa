"""What the house is built like, held by tests: who writes what, and how long it is."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from comments import dispatch
from ethicsforum.celery import app

ROOT = Path(__file__).parents[2]
LONGEST_FILE = 300
LONGEST_FUNCTION = 50
DECIDING = ROOT / "comments" / "actions" / "deciding.py"
BULK = ROOT / "comments" / "actions" / "bulk_rejecting.py"
"""Writes the state of its job, which is no text's."""


def sources(*folders: str) -> Iterator[Path]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def writes_state(node: ast.AST) -> bool:
    """`x.state = …`, `….update(state=…)` and `….create(state=…)`."""
    if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return any(isinstance(t, ast.Attribute) and t.attr == "state" for t in targets)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        writes = node.func.attr in {"update", "create", "update_or_create"}
        return writes and any(keyword.arg == "state" for keyword in node.keywords)
    return False


def test_only_deciding_writes_state() -> None:
    guilty = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sources("comments", "articles", "ethicsforum")
        if path not in {DECIDING, BULK}
        for node in ast.walk(tree(path))
        if writes_state(node) and hasattr(node, "lineno")
    ]
    assert guilty == []


def test_deciding_is_seen_to_write_state() -> None:
    assert any(writes_state(node) for node in ast.walk(tree(DECIDING)))


@pytest.mark.parametrize(
    "call", ["delay", "apply_async", "send_task", "delay_on_commit"]
)
def test_only_dispatch_talks_to_the_broker(call: str) -> None:
    users = [
        path.relative_to(ROOT)
        for path in sources("comments", "articles", "ethicsforum")
        if any(
            isinstance(node, ast.Attribute) and node.attr == call
            for node in ast.walk(tree(path))
        )
    ]
    assert [str(path) for path in users if path.name != "dispatch.py"] == []


def test_every_name_that_is_dispatched_or_scheduled_is_a_task() -> None:
    app.loader.import_default_modules()
    scheduled = {entry["task"] for entry in app.conf.beat_schedule.values()}
    routed = set(app.conf.task_routes)
    sent = {dispatch.SCREEN, dispatch.DELIVER, dispatch.BULK}
    assert sent | scheduled | routed <= set(app.tasks)


def test_every_queue_has_a_worker() -> None:
    queues = {route["queue"] for route in app.conf.task_routes.values()}
    queues.add(app.conf.task_default_queue)
    assert queues == set(settings.CELERY_WORKER_QUEUES.split(","))


def test_lost_messages_come_back_only_after_the_longest_task() -> None:
    options = app.conf.broker_transport_options
    assert options["visibility_timeout"] > app.conf.task_time_limit


def test_no_file_and_no_function_is_long() -> None:
    long = []
    for path in sources("comments", "articles", "ethicsforum", "tests"):
        lines = [line for line in path.read_text().splitlines() if line.strip()]
        if len(lines) > LONGEST_FILE:
            long.append(f"{path.relative_to(ROOT)}: {len(lines)} lines")
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    long.append(f"{path.relative_to(ROOT)} {node.name}: {length}")
    assert long == []
