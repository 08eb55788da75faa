"""The way to sign in and back, for a whole page and for a part of one."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django_htmx.http import HttpResponseClientRedirect


def is_part(request: HttpRequest) -> bool:
    """Whether the page is there already, and asks for a piece of itself."""
    return bool(getattr(request, "htmx", False))


def to_sign_in(request: HttpRequest, back: str) -> HttpResponse:
    return of_whole_page(request, redirect_to_login(back))


def of_whole_page(request: HttpRequest, there: HttpResponse) -> HttpResponse:
    """A piece of a page can't show the form to sign in: the page goes there."""
    if is_part(request) and "Location" in there.headers:
        return HttpResponseClientRedirect(there.headers["Location"])
    return there
