"""Requests that can't be read, a database that can't be reached: a page, no crash."""

import logging
from collections.abc import Callable

from django.core.exceptions import BadRequest, FieldDoesNotExist
from django.db import DataError, OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.request import RawPostDataException
from django.template.loader import render_to_string
from django.views.defaults import bad_request

from ethicsforum.bodies import refusal_of

log = logging.getLogger(__name__)

RETRY_SECONDS = 30
TYPED = ("steelman", "body", "explanation")
"""Fields in which somebody may have written at length."""

Respond = Callable[[HttpRequest], HttpResponse]


class PlainRequestMiddleware:
    """This site speaks UTF-8, whatever a request says of itself.

    Django answers another charset with an error that its own error page runs into
    again; read as UTF-8, the form's checks find what did not arrive.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        refusal = refusal_of(request)
        if refusal:
            page = bad_request(request, BadRequest())
            page.status_code = refusal
            return page
        if (request.encoding or "utf-8").lower().replace("_", "-") != "utf-8":
            request.encoding = "utf-8"
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, error: Exception
    ) -> HttpResponse | None:
        if isinstance(error, OverflowError | DataError):
            # A number or a character that no column holds, in an address or a field.
            log.warning("refused by the database: %s", error)
            raise BadRequest from error
        if isinstance(error, UnreadablePostError | RawPostDataException):
            # The connection broke: nobody hears the answer, but it is no error of ours.
            raise BadRequest from error
        if isinstance(error, FieldDoesNotExist) and _names_field(request):
            # The admin refuses the name of a wrong field, but not an empty one.
            raise BadRequest from error
        if isinstance(error, OperationalError):
            log.error("the database does not answer: %s", error)
            return busy(request)
        return None


def _names_field(request: HttpRequest) -> bool:
    return "_to_field" in request.GET or "_to_field" in request.POST


def busy(request: HttpRequest) -> HttpResponse:
    """A page that needs no database and gives back what was typed."""
    typed = [request.POST[name] for name in TYPED if request.POST.get(name)]
    page = render_to_string("503.html", {"typed": typed})
    response = HttpResponse(page, status=503)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response
