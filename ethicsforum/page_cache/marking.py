"""How a view says that its answer is the same for every reader without a session."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

KEYS = "Surrogate-Key"
"""The header that names what an answer is made of; caches further out know it too."""
FRONT = "ethicsforum.front"
"""In the environment of a request whose answer could be kept."""


def article_key(pk: int) -> str:
    return f"article-{pk}"


LISTS = "lists"
"""Pages that show several articles, each with its count of comments."""


def keep(request: HttpRequest, response: HttpResponse, *keys: str) -> HttpResponse:
    """Let the answer be kept until one of the keys is stale."""
    if request.user.is_authenticated or request.method not in ("GET", "HEAD"):
        return response
    response.headers[KEYS] = " ".join(keys)
    response.headers["Cache-Control"] = cache_control()
    return response


def cache_control() -> str:
    """Browsers always ask; a shared cache need not, if it is told what is stale."""
    seconds = settings.SHARED_CACHE_SECONDS
    if not seconds:
        return "public, no-cache"
    return f"public, max-age=0, s-maxage={seconds}, must-revalidate"
