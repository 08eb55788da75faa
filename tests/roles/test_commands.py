"""The command line of each process."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ethicsforum.local import plans
from ethicsforum.roles import commands
from tests import production

ROOT = Path(__file__).parents[2]


def after(words: list[str], word: str) -> str:
    return words[words.index(word) + 1]


def test_web_has_its_processes_and_threads(settings: Any) -> None:
    settings.WEB_WORKERS, settings.WEB_THREADS = 3, 5
    words = commands.web("192.0.2.1").words
    assert (after(words, "--workers"), after(words, "--blocking-threads")) == ("3", "5")
    assert after(words, "--host") == "192.0.2.1"
    assert after(words, "--http") == "1"


def test_a_worker_serves_all_queues_or_those_named(settings: Any) -> None:
    settings.WORKER_CONCURRENCY = 4
    settings.QUEUE_CONCURRENCY = {"screening": 7, "mail": 1, "maintenance": 1}
    every, one = commands.worker().words, commands.worker(["screening"]).words
    two = commands.worker(["mail", "maintenance"]).words
    assert after(every, "--queues") == "screening,mail,maintenance"
    assert after(one, "--queues") == "screening"
    assert [after(w, "--concurrency") for w in (every, one, two)] == ["4", "7", "4"]
    names = {after(words, "--hostname") for words in (every, one, two)}
    assert names == {"worker@%h", "screening@%h", "mail-maintenance@%h"}


def test_asked_to_end_a_worker_gives_back_what_it_could_not_finish() -> None:
    command = commands.worker(["mail"])
    assert command.environment["REMAP_SIGTERM"] == "SIGQUIT"
    assert command.words[-1] == f".soft_shutdown_timeout={commands.STOP_SECONDS}"


def test_who_serves_others_may_not_ask_the_database_for_ever() -> None:
    for command in (commands.web("::1"), commands.worker()):
        assert command.environment["DATABASE_SECONDS"] == commands.STATEMENT_SECONDS
    assert "DATABASE_SECONDS" not in commands.beat().environment


def test_make_run_starts_the_same(settings: Any) -> None:
    quick = commands.worker(stop=plans.TASK_ENDS)
    assert plans.worker().command == quick.words
    assert (
        plans.web("::1").command == commands.web("::1", stop=plans.REQUEST_ENDS).words
    )
    assert plans.beat().command == commands.beat().words


def door(*words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return production.run("-m", "ethicsforum.roles", *words, **environment)


def test_for_readers_web_logs_as_json_and_replaces_a_process_that_died() -> None:
    said = door("web", "--print", WEB_WORKERS="2").stdout
    assert "--log-config" in said
    assert "--respawn-failed-workers" in said
    assert "--workers 2 " in said


def test_each_queue_has_a_number_of_its_own() -> None:
    said = door("worker", "mail", "--print", MAIL_CONCURRENCY="3").stdout
    assert "--queues mail --concurrency 3 " in said
    said = door("worker", "screening", "--print", WORKER_CONCURRENCY="5").stdout
    assert "--queues screening --concurrency 5 " in said


@pytest.mark.parametrize("words", [["worker", "screning"], ["web", "mail"]])
def test_a_queue_that_is_none_is_one_sentence(words: list[str]) -> None:
    done = door(*words)
    assert done.returncode == 1
    assert "screening, mail, maintenance" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_setting_that_is_missing_is_one_sentence() -> None:
    done = door("web", SECRET_KEY="")
    assert done.returncode == 1
    assert "SECRET_KEY is missing" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_program_takes_the_place_of_the_door(tmp_path: Path) -> None:
    """So that a service manager's signals reach it."""
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\necho "$$ $DATABASE_SECONDS $3"\n')
    python.chmod(0o700)
    script = f"""
import os, sys
print(os.getpid(), flush=True)
from ethicsforum.roles import __main__ as door
sys.executable = {str(python)!r}
door.main(["web"])
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "DATA_DIR": str(tmp_path)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    before, now, *rest = done.stdout.split()
    assert before == now
    assert rest == ["25", "--interface"]
