"""Requests by route, never by address."""

import pytest
from django.test import Client

from tests import build
from tests.metrics.scrape import Figures, figures, written
from tests.worker.conftest import Server

pytestmark = pytest.mark.django_db
NAME = "ethicsforum_request_duration_seconds"


def count(found: Figures, **labels: str) -> float:
    return found.get(written(f"{NAME}_count", **labels), 0.0)


def test_a_request_is_counted_by_the_name_of_its_route(
    client: Client, told: Server
) -> None:
    build.article()
    for _ in range(2):
        client.get("/articles/triage/?secret=1")
    found = figures(client)
    labels = {"route": "articles:detail", "method": "GET", "status": "2xx"}
    assert count(found, **labels) == 2
    assert found[written(f"{NAME}_bucket", le="+Inf", **labels)] == 2
    assert found[written(f"{NAME}_sum", **labels)] > 0
    assert "secret" not in str(found)
    assert "triage" not in str(found)


def test_what_leads_nowhere_is_one_route(client: Client, told: Server) -> None:
    for place in ("/no-such-page", "/wp-login.php", "/another/one"):
        client.get(place)
    found = figures(client)
    assert count(found, route="none", method="GET", status="4xx") == 3


def test_made_up_methods_are_one_method(client: Client, told: Server) -> None:
    for method in ("BREW", "PROPFIND", "X" * 200):
        client.generic(method, "/no-such-page")
    found = figures(client)
    assert count(found, route="none", method="other", status="4xx") == 3


def test_probes_files_and_the_monitor_itself_are_not_counted(
    client: Client, told: Server
) -> None:
    client.get("/healthz")
    client.get("/static/no-such-file.css")
    figures(client)
    assert not sum(n for name, n in figures(client).items() if name.startswith(NAME))
