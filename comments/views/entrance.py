"""The way to sign in and back, for a whole page and for a part of one."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django_htmx.http import HttpResponseClientRedirect


def to_sign_in(request: HttpRequest, back: str) -> HttpResponse:
    """A part that is asked for can't show the form to sign in: the page goes there."""
    there = redirect_to_login(back)
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(there.url)
    return there
