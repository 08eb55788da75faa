"""A real Redis-protocol server and real workers on the test database."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

import pytest
from django.conf import settings
from django.db import connection
from kombu import pools
from redis import Redis

from ethicsforum.celery import app
from ethicsforum.local import redis_server

DEADLINE = 60.0


def wait_until(true: Callable[[], Any], what: str, deadline: float = DEADLINE) -> Any:
    """Looks again and again; a test fails by deadline, never passes by sleeping."""
    end = time.monotonic() + deadline
    while time.monotonic() < end:
        found = true()
        if found:
            return found
        time.sleep(0.05)
    pytest.fail(f"not within {deadline:g} s: {what}")


class Address(Protocol):
    """Where a worker finds its Redis, and a folder for what it says."""

    folder: Path

    @property
    def url(self) -> str: ...


class Server:
    """A private Redis-protocol server that can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.socket = folder / "redis.sock"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"unix://{self.socket}"

    def start(self) -> None:
        server = redis_server.find()
        command = redis_server.command(server, self.socket, self.folder, durable=False)
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        wait_until(self._answers, "Redis answers")

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.socket.unlink(missing_ok=True)

    def freeze(self) -> None:
        self._process().send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._process().send_signal(signal.SIGCONT)

    def _process(self) -> "subprocess.Popen[bytes]":
        assert self.process is not None
        return self.process

    def _answers(self) -> bool:
        try:
            with Redis.from_url(self.url) as client:
                return bool(client.ping())
        except OSError:
            return False
        except Exception:  # still loading
            return False


class Worker:
    """`celery worker` as it is run for real, in a process group of its own."""

    def __init__(self, redis: Address) -> None:
        self.env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "ethicsforum.settings",
            "REDIS_URL": redis.url,
            "DATABASE_URL": _database_url(),
            "DATA_DIR": str(settings.DATA_DIR),
        }
        self.log = redis.folder / "worker.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, beat: bool = False) -> None:
        command = [sys.executable, "-m", "celery", "-A", "ethicsforum", "worker"]
        command += ["-Q", settings.CELERY_WORKER_QUEUES, "-c", "2", "-l", "WARNING"]
        command += ["--without-gossip", "--without-mingle"]
        if beat:
            schedule = Path(settings.DATA_DIR) / "beat-schedule"
            command += ["-B", "-s", str(schedule)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                env=self.env,
                start_new_session=True,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def kill(self) -> None:
        """SIGKILL for the worker and all of its children."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


def _database_url() -> str:
    config = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{config['NAME']}"
    host = config["OPTIONS"].get("host") or config["HOST"]
    query = f"?host={host}" if str(host).startswith("/") else ""
    where = "" if query else f"{host}:{config['PORT'] or 5432}"
    who = f"{config['USER']}:{config['PASSWORD']}@" if config["USER"] else ""
    return f"postgresql://{who}{where}/{config['NAME']}{query}"


@pytest.fixture
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("r"))
    server.start()
    before = app.conf.broker_url
    _use_broker(server.url.replace("unix://", "redis+socket://"))
    yield server
    _use_broker(before)
    server.kill()


def _use_broker(url: str) -> None:
    pools.reset()  # forgets them too: a closed pool would fail all later tests
    app.amqp._producer_pool = None  # type: ignore[attr-defined]  # private: made anew on the next use
    app._pool = None  # type: ignore[attr-defined]  # private: made anew on the next use
    for name in ("broker_url", "broker_write_url", "broker_read_url"):
        app.conf[name] = url


@pytest.fixture
def worker(transactional_db: None, redis: Server) -> Iterator[Worker]:
    running = Worker(redis)
    yield running
    running.kill()
    if running.log.exists():
        # pytest shows it beside a test that failed.
        sys.stdout.write(running.log.read_text())
