"""A page, or a part of one: htmx says that it has a page already."""

from django.http import HttpRequest


def wants_part(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"
