from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.doctor.site import Site, copy, make
from tests.worker.conftest import Server


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a sound site, to be copied."""
    folder = tmp_path_factory.mktemp("sound")
    make(folder, Server(folder))
    return folder


@pytest.fixture
def site(sound: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("s")
    copy(sound, folder)
    redis = Server(folder)
    redis.start()
    running = Site(folder, redis)
    yield running
    running.stop()
    redis.kill()
