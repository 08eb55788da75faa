"""How long work shows itself, on a terminal and elsewhere, and what Ctrl-C says."""

from collections.abc import Iterator
from io import StringIO

import pytest

from ethicsforum.progress import Progress, shown


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


class Seconds:
    """A clock that goes on by a second each time it is looked at."""

    def __init__(self) -> None:
        self._now: Iterator[int] = iter(range(1000))

    def __call__(self) -> float:
        return float(next(self._now))


def told(out: StringIO, steps: int) -> str:
    progress = Progress("texts", 100, out, Seconds())
    for _step in range(steps):
        progress.add(5)
    return out.getvalue()


def test_elsewhere_a_line_every_ten_seconds() -> None:
    first = "55 of 100 texts (55 %), 6 a second, 0:00:08 left\n"
    assert told(StringIO(), 10) == ""
    assert told(StringIO(), 11) == first


def test_on_a_terminal_one_line_that_moves() -> None:
    nothing, first, second = told(Terminal(), 3).split("\r\x1b[K")
    assert nothing == ""
    assert first == "10 of 100 texts (10 %), 10 a second, 0:00:09 left"
    assert second.startswith("15 of 100 texts (15 %)")


def test_nothing_to_do_is_no_error() -> None:
    progress = Progress("texts", 0, StringIO(), Seconds())
    progress.add()
    assert progress.line(2.0).startswith("1 of 0 texts")


def test_a_stop_says_what_is_done_and_how_to_go_on() -> None:
    out = StringIO()
    with (
        pytest.raises(SystemExit) as stop,
        shown("texts", 2000, stopped="Run it again.", out=out) as progress,
    ):
        progress.add(1500)
        raise KeyboardInterrupt
    assert stop.value.code == 130
    assert out.getvalue() == "Stopped after 1,500 of 2,000 texts. Run it again.\n"


def test_the_line_is_gone_when_all_is_done() -> None:
    out = Terminal()
    with shown("texts", 1, stopped="", out=out):
        pass
    assert out.getvalue() == "\r\x1b[K"
