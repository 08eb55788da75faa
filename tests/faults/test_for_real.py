"""Two of the faults, with real processes: the suite itself is sound."""

import json
import sys
from pathlib import Path

import pytest

from bench.processes import wait_for
from faults.table import failures
from tests.local.forum import ROOT, environment, free_port

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="its processes end with it by a call of Linux"
)


def test_nothing_is_lost(tmp_path: Path) -> None:
    out = tmp_path / "found.json"
    command = [sys.executable, "-m", "faults", "--json", str(out)]
    command += [
        "--port",
        str(free_port()),
        "--only",
        "nothing",
        "--only",
        "its verdicts",
    ]
    wait_for(command, environment(PYTHONPATH=ROOT))
    found = json.loads(out.read_text())
    assert [one["name"] for one in found] == [
        "nothing",
        "worker killed before its verdicts",
    ]
    assert all(one["accepted"] for one in found)
    assert failures(found) == []
