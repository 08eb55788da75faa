"""Who may read /metrics, and that no answer is kept."""

from io import BytesIO
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application
from django.test import Client

from tests.page_cache.web import Web

pytestmark = pytest.mark.django_db
TOKEN = "a-token-for-the-monitor"
WRONG = [
    {},
    {"authorization": ""},
    {"authorization": TOKEN},
    {"authorization": "Bearer "},
    {"authorization": f"Bearer {TOKEN}x"},
    {"authorization": f"Basic {TOKEN}"},
    {"authorization": "Bearer übel"},
]


def test_in_local_mode_it_is_answered(client: Client) -> None:
    response = client.get("/metrics")
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    assert response.headers["Cache-Control"] == "no-store"


def test_outside_local_mode_there_is_none_unless_a_token_is_set(
    client: Client, settings: Any
) -> None:
    settings.LOCAL = False
    assert client.get("/metrics").status_code == 404
    headers = {"authorization": "Bearer "}
    assert client.get("/metrics", headers=headers).status_code == 404


@pytest.mark.parametrize("local", [True, False])
def test_whoever_has_the_token_reads_it(
    client: Client, settings: Any, local: bool
) -> None:
    settings.LOCAL, settings.METRICS_TOKEN = local, TOKEN
    headers = {"authorization": f"Bearer {TOKEN}"}
    assert client.get("/metrics", headers=headers).status_code == 200


@pytest.mark.parametrize("headers", WRONG)
def test_nobody_else_does(
    client: Client, settings: Any, headers: dict[str, str]
) -> None:
    settings.METRICS_TOKEN = TOKEN
    response = client.get("/metrics", headers=headers)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert response.headers["Cache-Control"] == "no-store"
    assert b"ethicsforum_" not in response.content
    assert TOKEN.encode() not in response.content


def test_it_takes_no_post(client: Client) -> None:
    assert client.post("/metrics").status_code == 405


def test_it_is_answered_without_https_as_the_probes_are(
    client: Client, settings: Any
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/metrics").status_code == 200


def test_no_answer_is_kept_for_the_next_reader(settings: Any) -> None:
    settings.METRICS_TOKEN = TOKEN
    web = Web(get_wsgi_application())
    here: dict[str, Any] = {
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "HTTP_HOST": "localhost",
    }
    here["wsgi.input"] = BytesIO()
    for _ in range(2):
        assert web.get("/metrics", **here).status.startswith("401")
    assert len(web.memory) == 0


def test_not_even_where_no_token_is_asked_for(client: Client) -> None:
    assert not client.get("/metrics").has_header("Surrogate-Key")
