"""A process is killed: the forum says which and why, and is whole again."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.local.forum import READY, Forum, forum, free_port, refused, until

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/fd").exists(), reason="finds processes through /proc"
)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forum]:
    with forum(tmp_path_factory.mktemp("faults") / "data") as started:
        started.hear(READY)
        yield started


def kill(running: Forum, process: int, name: str, why: str) -> None:
    before = len(running.said)
    os.kill(process, signal.SIGKILL)
    running.hear(f"{name} {why}; starting it again", before)
    running.hear(f"{name} answers again", before)
    until(running.answers, "all checks of /readyz")


def test_ready_line_stands_alone_and_everything_answers(running: Forum) -> None:
    line = f"{READY}http://127.0.0.1:{running.port}/\n"
    assert running.said.count(line) == 1
    assert running.answers()


def test_demo_accounts_are_named(running: Forum) -> None:
    assert "moderator@example.org" in running.said
    assert "Their password: " in running.said


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("--skip-checks worker", "worker"),
        ("--skip-checks beat", "beat"),
        ("granian", "web"),
        ("redis.sock", "redis"),
    ],
)
def test_killed_process_starts_again(running: Forum, word: str, name: str) -> None:
    old = running.child(word)
    kill(running, old, name, "was killed by SIGKILL")
    assert old not in running.processes()


def test_web_whose_own_child_was_killed_starts_again(running: Forum) -> None:
    kill(running, running.grandchild("granian"), "web", "ended with exit code 1")


def test_second_start_in_the_same_folder_is_refused(running: Forum) -> None:
    said = refused(DATA_DIR=running.lock.parent, PORT=free_port())
    assert f"already runs at http://127.0.0.1:{running.port}" in said
    assert running.runs


def test_port_of_a_running_forum_is_refused(running: Forum, tmp_path: Path) -> None:
    said = refused(DATA_DIR=tmp_path, PORT=running.port)
    assert f"PORT {running.port} on 127.0.0.1 is taken" in said
