"""However the forum ends, none of its processes stays."""

import shutil
import signal
import sys
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


def test_asked_to_end(data_dir: Path) -> None:
    # No server on the PATH: the one from the wheel must do.
    with forum(data_dir, PATH="/nowhere") as started:
        started.hear(READY)
        # The supervisor, Redis, web with its worker, worker with two, beat.
        assert len(started.processes()) >= 8
        started.signal(signal.SIGTERM)
        assert started.wait() == 0
        assert nothing_runs(started)


def test_asked_to_end_while_it_starts(data_dir: Path) -> None:
    with forum(data_dir) as started:
        until(lambda: len(started.processes()) > 1, "the first child")
        started.signal(signal.SIGTERM)
        assert started.wait() == 0
        assert nothing_runs(started)


@pytest.mark.skipif(
    not shutil.which("make") or signal.getsignal(signal.SIGINT) is signal.SIG_IGN,
    reason="needs make, and a shell that lets it catch Ctrl-C",
)
def test_make_is_interrupted(data_dir: Path, tmp_path: Path) -> None:
    """A signal for make alone, which make would keep to itself."""
    makefile = tmp_path / "Makefile"
    makefile.write_text(f"run:\n\t@{sys.executable} -m ethicsforum.local --under-make")
    with forum(data_dir, ["make", "-f", str(makefile)]) as started:
        started.hear(READY)
        started.signal(signal.SIGINT)
        assert started.wait() == -signal.SIGINT
        assert nothing_runs(started)


def test_killed_and_started_again_at_once(data_dir: Path) -> None:
    with forum(data_dir) as started:
        started.hear(READY)
        started.signal(signal.SIGKILL)
        started.wait()
        with forum(data_dir) as again:
            again.hear(READY)
            assert "Collecting static files" not in again.said
            again.signal(signal.SIGHUP)
            assert again.wait() == 0
        assert nothing_runs(started)
