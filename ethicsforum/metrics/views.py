"""`/metrics`, for whoever has the token."""

import secrets
from collections.abc import Iterable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import Metric, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

from ethicsforum.metrics import asked
from ethicsforum.metrics.shared import teller


class Everything(Collector):
    def collect(self) -> Iterable[Metric]:
        return asked.families()


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    if not settings.METRICS_TOKEN and not settings.LOCAL:
        # Nobody said that a monitor may come.
        raise Http404
    response = _figures() if _is_allowed(request) else _refusal()
    response.headers["Cache-Control"] = "no-store"
    return response


def _is_allowed(request: HttpRequest) -> bool:
    if not settings.METRICS_TOKEN:
        return True
    given = request.headers.get("Authorization", "")
    wanted = f"Bearer {settings.METRICS_TOKEN}"
    return secrets.compare_digest(given.encode(), wanted.encode())


def _figures() -> HttpResponse:
    teller.tell()
    return HttpResponse(
        generate_latest(Everything()), content_type=CONTENT_TYPE_PLAIN_0_0_4
    )


def _refusal() -> HttpResponse:
    said = "Send the token that METRICS_TOKEN names: Authorization: Bearer …\n"
    response = HttpResponse(said, status=401, content_type="text/plain; charset=utf-8")
    response.headers["WWW-Authenticate"] = "Bearer"
    return response
