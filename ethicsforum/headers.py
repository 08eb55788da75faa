"""The security headers of every answer, whoever made it.

Django's own middlewares set some of them, on what passes through. This one stands
outside of all others, so that static files, refusals and crashes carry the same set.
Django's CSP comes with 6.0.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

POLICY = "; ".join(f"{k} {v}" for k, v in settings.CONTENT_SECURITY_POLICY.items())
FILE_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"
"""For what somebody uploaded: opened by itself it may do nothing at all."""
ACCOUNTS = "/accounts/"
"""allauth's pages: addresses, codes and sessions, each of them for one person."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "Permissions-Policy": settings.PERMISSIONS_POLICY,
    "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": settings.X_FRAME_OPTIONS,
}


class SecurityHeadersMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if settings.SECURE_HSTS_SECONDS and request.is_secure():
            response.headers.setdefault("Strict-Transport-Security", _https_only())
        _keep_private(request, response)
        return response


def _keep_private(request: HttpRequest, response: HttpResponse) -> None:
    """A member's page may hold what only they may see; a cookie is one person's."""
    if request.path.startswith(ACCOUNTS):
        response.headers.setdefault("Cache-Control", "private, no-store")
    elif settings.SESSION_COOKIE_NAME in request.COOKIES or response.cookies:
        response.headers.setdefault("Cache-Control", "private, no-cache")


def _https_only() -> str:
    return f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains; preload"
