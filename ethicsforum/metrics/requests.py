"""How long Django takes for an answer, by route: an address has no end of values."""

from django.http import HttpRequest, HttpResponse

from ethicsforum.metrics import own

METHODS = {"GET", "HEAD", "POST"}

_durations = own.histogram(
    "request_duration_seconds",
    "answers of Django, and how long they took; not those from the page cache",
    *("route", "method", "status"),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)


def answered(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    found = request.resolver_match
    # Whoever asks can make up a method, but not another label.
    method = request.method if request.method in METHODS else "other"
    status = f"{response.status_code // 100}xx"
    _durations.labels(found.view_name if found else "none", method, status).observe(
        seconds
    )
