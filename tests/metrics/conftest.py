"""A real Redis-protocol server that nothing was told yet."""

from typing import Any

import pytest

from ethicsforum.metrics import shared
from tests.worker.conftest import Server, redis

__all__ = ["redis"]


@pytest.fixture
def told(redis: Server, settings: Any) -> Server:
    settings.REDIS_URL = redis.url
    begin_anew()
    return redis


def begin_anew() -> None:
    """What was counted for other tests is told."""
    shared.teller._told = shared.counted()
    shared.teller._rest_until = 0.0
