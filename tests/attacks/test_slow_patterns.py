"""ReDoS: no text makes a regular expression of ours run away."""

import os
import signal
import subprocess
import sys

from tests.attacks import slow_patterns
from tests.attacks.slow_patterns import ROOT

RUNAWAY = """\
import re
from tests.attacks.slow_patterns import main, try_one
from tests.attacks import slow_patterns
slow_patterns.SECONDS = 0.2
try_one("runaway", re.compile(r"(a+)+$"))
"""


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def test_every_expression_ends_soon_on_hostile_texts() -> None:
    done = _run("-m", slow_patterns.__name__)
    last = done.stdout.splitlines()[-1:]
    assert done.returncode == 0, f"ran away, or broke, after {last}: {done.stderr}"
    tried = int(last[0].removeprefix("done "))
    assert tried > 40


def test_one_that_runs_away_is_noticed() -> None:
    done = _run("-c", RUNAWAY)
    assert done.returncode == -signal.SIGVTALRM
    assert "runaway" in done.stdout
