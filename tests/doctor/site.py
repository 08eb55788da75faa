"""A sound site of its own, whose parts a test breaks one by one."""

import json
import os
import resource
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.local.forum import ROOT, environment
from tests.worker.conftest import Server

WAIT = "1"
SOUND_WAIT = "40"
"""Seconds for workers that are there, on a busy machine."""

Findings = list[dict[str, str]]


class Site:
    def __init__(self, folder: Path, redis: Server) -> None:
        self.folder = folder
        self.redis = redis
        self.env = environment(DATA_DIR=folder, REDIS_URL=redis.url)
        self.running: list[subprocess.Popen[bytes]] = []

    @property
    def database(self) -> Path:
        return self.folder / "forum.sqlite3"

    def change(self, sql: str, *values: object) -> None:
        with sqlite3.connect(self.database) as connection:
            connection.execute(sql, values)
        connection.close()

    def doctor(
        self, *options: str, largest_file: int | None = None, **settings: str
    ) -> subprocess.CompletedProcess[str]:
        def limit() -> None:
            if largest_file is not None:
                size = (largest_file, largest_file)
                resource.setrlimit(resource.RLIMIT_FSIZE, size)

        return subprocess.run(
            [sys.executable, "manage.py", "doctor", "--no-color", *options],
            cwd=ROOT,
            env={**self.env, **settings},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            preexec_fn=limit,
        )

    def findings(
        self, wait: str = WAIT, largest_file: int | None = None, **settings: str
    ) -> Findings:
        done = self.doctor(
            "--json", "--wait", wait, largest_file=largest_file, **settings
        )
        assert done.stdout, done.stderr
        said: dict[str, Any] = json.loads(done.stdout)
        found: Findings = said["findings"]
        broken = [one for one in found if one["state"] == "broken"]
        assert said["broken"] == len(broken)
        assert done.returncode == bool(broken)
        assert_plain(found)
        return found

    def broken(self, part: str, **how: Any) -> dict[str, str]:
        """The one thing that is wrong with the part."""
        found = [one for one in self.findings(**how) if one["part"] == part]
        (one,) = [each for each in found if each["state"] == "broken"]
        return one

    def start(self, *command: str) -> None:
        with (self.folder / "processes.log").open("ab") as log:
            self.running.append(
                subprocess.Popen(
                    [sys.executable, "-m", "ethicsforum.roles", *command],
                    cwd=ROOT,
                    env=self.env,
                    start_new_session=True,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                )
            )

    def start_worker(self, *queues: str) -> None:
        self.start("worker", *queues)

    def start_beat(self) -> None:
        self.start("beat")

    def stop(self) -> None:
        for process in self.running:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def assert_plain(found: Findings) -> None:
    """One sentence each, with a cure for all that is not well."""
    for one in found:
        sentence = f"{one['says']}: {one['cure']}" if one["cure"] else one["says"]
        assert "\n" not in sentence
        assert not one["says"].endswith(".")
        assert bool(one["cure"]) == (one["state"] in {"broken", "warning"}), one
        assert ". " not in one["says"], one


def make(folder: Path, redis: Server) -> None:
    """Migrated, with its static files."""
    env = environment(DATA_DIR=folder, REDIS_URL=redis.url)
    for command in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"]):
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=env,
            check=True,
            timeout=300,
        )


def copy(sound: Path, folder: Path) -> None:
    shutil.copytree(sound, folder, dirs_exist_ok=True)


@contextmanager
def closed_port() -> Iterator[int]:
    """Nobody else takes it meanwhile, and nobody listens there."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield bound.getsockname()[1]
