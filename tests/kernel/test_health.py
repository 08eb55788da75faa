"""/healthz and /readyz, with and without what they look at."""

import time
from typing import Any

import pytest
from django.test import Client

from ethicsforum import health
from tests import build

pytestmark = pytest.mark.django_db


def test_alive(client: Client) -> None:
    response = client.get("/healthz")
    assert response.json() == {"status": "alive"}


def test_without_redis_it_is_not_ready_and_says_why(
    client: Client, settings: Any, tmp_path: Any
) -> None:
    settings.REDIS_URL = f"unix://{tmp_path}/nobody.sock"
    response = client.get("/readyz")
    assert response.status_code == 503
    checks = response.json()["checks"]
    assert checks["database"] == "ok"
    assert checks["redis"] == "Redis does not answer"
    assert checks["worker"] == "Redis does not answer"


def test_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_redis", lambda: "ok")
    monkeypatch.setattr(health, "last_seen", lambda name: time.time() - 5)
    build.comment()
    response = client.get("/readyz")
    assert response.status_code == 200
    body = response.json()
    assert body["status"] == "ready"
    assert body["oldest_waiting_seconds"] >= 0


def test_a_silent_worker_is_named(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    ages = {"worker": time.time() - 300, "beat": None}
    monkeypatch.setattr(health, "_redis", lambda: "ok")
    monkeypatch.setattr(health, "last_seen", lambda name: ages[name])
    checks = client.get("/readyz").json()["checks"]
    assert checks["worker"].startswith("silent for 30")
    assert checks["beat"] == "never seen"


def test_nothing_waiting_is_null(client: Client) -> None:
    assert client.get("/readyz").json()["oldest_waiting_seconds"] is None


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_probes_are_answered_without_https(
    client: Client, settings: Any, address: str
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get(address).status_code in {200, 503}
    assert client.get("/").status_code == 301
