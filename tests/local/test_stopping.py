"""However the forum ends, none of its processes stays."""

import signal
from pathlib import Path

import pytest

from tests.local.forum import READY, Forum, forum, until

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/fd").exists(), reason="finds processes through /proc"
)


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all tests here: the forum starts in it again and again."""
    return tmp_path_factory.mktemp("stopping") / "data"


def nothing_runs(started: Forum) -> bool:
    return not started.processes()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_end(data_dir: Path, number: int) -> None:
    # No server on the PATH: the one from the wheel must do.
    with forum(data_dir, PATH="/nowhere") as started:
        started.hear(READY)
        assert len(started.processes()) >= 7
        started.signal(number)
        assert started.wait() == 0
        assert nothing_runs(started)
        assert "did not end in time" not in started.said


def test_killed(data_dir: Path) -> None:
    with forum(data_dir) as started:
        started.hear(READY)
        started.signal(signal.SIGKILL)
        until(lambda: nothing_runs(started), "the end of all processes")


def test_asked_to_end_while_it_starts(data_dir: Path) -> None:
    with forum(data_dir) as started:
        until(lambda: len(started.processes()) > 1, "the first child")
        started.signal(signal.SIGTERM)
        assert started.wait() == 0
        assert nothing_runs(started)
