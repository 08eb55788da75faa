"""The whole site as `make run` starts it, and a real browser in front of it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.worker.conftest import wait_until

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page

# Playwright runs a loop in this thread, which is no reason to keep tests from the data.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
ROOT = Path(__file__).parents[2]
PASSWORD = "a long demo password"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


class Site:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "site.log"

    def start(self) -> None:
        env = {
            "PATH": os.environ["PATH"],
            "DATA_DIR": str(self.folder / "data"),
            "PORT": str(self.port),
            "DEMO_PASSWORD": PASSWORD,
        }
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "ethicsforum.local"],
                cwd=ROOT,
                env=env,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        try:
            wait_until(self._is_ready, "the site is ready", 120)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)

    def mails_to(self, address: str) -> list[str]:
        """Texts of the mails to this address, oldest first."""
        files = sorted((self.folder / "data" / "mail").glob("*.eml"))
        texts = [path.read_text() for path in files]
        return [text for text in texts if f"To: {address}" in text]

    def _is_ready(self) -> bool:
        assert self.process.poll() is None, self.log.read_text()
        return f"Ethics Forum is ready at {self.url}/" in self.log.read_text()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site for each file: its people may write only so much in five minutes."""
    running = Site(tmp_path_factory.mktemp("site"))
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on PATH; name one in CHROMIUM")
    api = pytest.importorskip("playwright.sync_api")
    api.expect.set_options(timeout=30_000)
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


OpenPage = Callable[..., "Page"]


@pytest.fixture
def open_page(site: Site, chromium: "Browser") -> Iterator[OpenPage]:
    """Pages of a person each; a complaint on any console fails the test."""
    complaints: list[str] = []
    contexts = []

    def fresh(**options: Any) -> "Page":
        context = chromium.new_context(**{"base_url": site.url, **options})
        contexts.append(context)
        # A busy machine is no failure: what is awaited may take its time.
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("console", lambda said: _note(complaints, said))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield fresh
    for context in contexts:
        context.close()
    assert complaints == []


def _note(complaints: list[str], said: "ConsoleMessage") -> None:
    # A 4xx that a test provokes is logged by Chromium as an error; it is none of ours.
    if said.type == "error" and "Failed to load resource" not in said.text:
        complaints.append(said.text)
