"""Two web processes, and a removal: nobody reads the text for longer than a second."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from comments.actions.moderating import remove_comment
from comments.models import Comment
from ethicsforum.page_cache import telling
from tests import build, cast
from tests.worker.conftest import Server, _database_url, wait_until

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = b"Nobody should read this for long."


class Web:
    """`granian` as it is run for real."""

    def __init__(self, redis: Server, folder: Path, name: str) -> None:
        self.socket = folder / f"{name}.sock"
        command = [sys.executable, "-m", "granian", "--interface", "wsgi"]
        command += ["--uds", str(self.socket), "--blocking-threads", "2"]
        command += ["--log-level", "error", "ethicsforum.wsgi:application"]
        self.process = subprocess.Popen(command, env=environment(redis))

    def read(self, path: str) -> bytes:
        with closing(Connection(self.socket)) as connection:
            connection.request("GET", path)
            with connection.getresponse() as response:
                return response.read()

    def is_ready(self) -> bool:
        try:
            return b"</html>" in self.read("/")
        except OSError:
            return False

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)


class Connection(http.client.HTTPConnection):
    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=10)
        self._path = str(path)

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(10)
        self.sock.connect(self._path)


def environment(redis: Server) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "ethicsforum.settings",
        "REDIS_URL": redis.url,
        "DATABASE_URL": _database_url(),
        "DATA_DIR": str(settings.DATA_DIR),
    }


@pytest.fixture
def webs(transactional_db: None, redis: Server, tmp_path: Path) -> Iterator[list[Web]]:
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
    subprocess.run(collect, env=environment(redis), check=True, timeout=60)
    telling._rest["until"] = 0.0
    running = [Web(redis, tmp_path, name) for name in ("one", "two")]
    with override_settings(REDIS_URL=redis.url):
        for web in running:
            wait_until(web.is_ready, "a web process answers")
        yield running
    for web in running:
        web.stop()


def public_comment() -> Comment:
    return build.published(author=cast.ann(), body=TEXT.decode())


def read_until(webs: list[Web], path: str, ends: float) -> None:
    """Both processes answer many readers until the moment."""
    while time.monotonic() < ends:
        for web in webs:
            web.read(path)


def assert_gone_after_a_second(webs: list[Web], made: Comment) -> None:
    path = made.article.get_absolute_url()
    remove_comment(made, moderator=cast.mia(), reason=build.reason())
    read_until(webs, path, time.monotonic() + 1.0)
    for web in webs:
        assert TEXT not in web.read(path)


def test_a_removal_reaches_both(webs: list[Web]) -> None:
    made = public_comment()
    path = made.article.get_absolute_url()
    for web in webs:
        assert TEXT in web.read(path)
    assert_gone_after_a_second(webs, made)


def test_a_removal_reaches_both_without_redis(webs: list[Web], redis: Server) -> None:
    made = public_comment()
    path = made.article.get_absolute_url()
    for web in webs:
        assert TEXT in web.read(path)
    redis.kill()
    assert_gone_after_a_second(webs, made)


def test_a_removal_reaches_both_while_redis_is_frozen(
    webs: list[Web], redis: Server
) -> None:
    made = public_comment()
    path = made.article.get_absolute_url()
    for web in webs:
        assert TEXT in web.read(path)
    redis.freeze()
    try:
        assert_gone_after_a_second(webs, made)
    finally:
        redis.thaw()
