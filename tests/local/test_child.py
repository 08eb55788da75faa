"""One supervised process: its words, its death, the pause before it starts again."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ethicsforum.local.child import Child, Outlet, Plan
from ethicsforum.local.voice import Voice
from tests.local.forum import until


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    ends = os.pipe()
    yield ends
    for end in ends:
        os.close(end)


@pytest.fixture
def started(tmp_path: Path, pipe: tuple[int, int]) -> Iterator[tuple[Child, Outlet]]:
    script = "import os; print('one\\ntwo hushed', flush=True); os.kill(os.getpid(), 9)"
    plan = Plan("worker", [sys.executable, "-c", script], hushed="hushed")
    child = Child(plan, Voice(pipe[1]), str(tmp_path), lock=pipe[0])
    outlet = child.start()
    yield child, outlet
    child.kill_group()
    os.close(outlet.descriptor)


def test_lines_carry_the_name(
    started: tuple[Child, Outlet], pipe: tuple[int, int]
) -> None:
    until(lambda: not started[1].pump(), "the end of its words")
    assert os.read(pipe[0], 1000) == b"worker | one\n"


def test_death_names_the_signal(started: tuple[Child, Outlet]) -> None:
    until(lambda: started[0].death() is not None, "its death")
    assert started[0].death() == "was killed by SIGKILL"


def test_pause_grows_with_quick_deaths(started: tuple[Child, Outlet]) -> None:
    pauses = [started[0].bury() for _ in range(8)]
    assert pauses == [0, 1, 2, 4, 8, 10, 10, 10]


def test_voice_goes_on_when_nobody_listens() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    Voice(writing).say("into the void")
    os.close(writing)


def test_voice_does_not_wait_for_a_reader_who_sleeps(
    pipe: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ethicsforum.local.voice.PATIENCE", 0.01)
    voice = Voice(pipe[1])
    for _ in range(100):
        voice.say("x" * 5000)
