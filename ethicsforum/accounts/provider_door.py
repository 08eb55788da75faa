"""The way to a provider: by a button alone, and no dead end when it does not answer."""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from requests import RequestException

log = logging.getLogger(__name__)

METHODS = ("GET", "POST")
LOGINS = {f"{provider}_login" for provider in settings.SOCIALACCOUNT_PROVIDERS}


class ProviderDoorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """allauth asks on a GET, and begins on anything else, HEAD and OPTIONS too,
        which go without a token."""
        match = request.resolver_match
        if match and match.url_name in LOGINS and request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return None

    def process_exception(
        self, request: HttpRequest, error: Exception
    ) -> HttpResponse | None:
        if not isinstance(error, RequestException):
            return None
        log.error("a provider does not answer: %s", type(error).__name__)
        return render(request, "socialaccount/authentication_error.html", status=503)
