"""Search: what is typed is read, looked for, and kept nowhere."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from comments.search import Kind
from comments.search.finding import MOST, PAGES, find
from comments.search.query import parse
from ethicsforum.limits.door import use
from ethicsforum.limits.table import SEARCHING

NUMBERS = {str(number): number for number in range(1, PAGES + 1)}


@require_safe
@never_cache
def search(request: HttpRequest) -> HttpResponse:
    query = parse(request.GET.get("q", ""))
    kind = request.GET.get("kind", "")
    page = NUMBERS.get(request.GET.get("page", "1"))
    if page is None:
        raise Http404
    chosen = [Kind(kind)] if kind in set(Kind) else []
    asked = {"q": query.typed, "kind": chosen[0] if chosen else ""}
    shown = {
        "query": query,
        "kind": asked["kind"],
        "filters": _addresses(query.typed),
    }
    wait = use(SEARCHING, request) if query.typed else None
    if wait:
        return wait.on(_page(request, {**shown, "refused": wait.words}))
    found = find(query, chosen, page)
    if page > 1 and not found.results:
        raise Http404
    context = {
        **shown,
        "found": found,
        "most": MOST,
        "newer": _address(asked, page - 1),
        "older": _address(asked, page + 1) if found.further else "",
    }
    return _page(request, context)


def _page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    response = render(request, "comments/search.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _addresses(typed: str) -> dict[str, str]:
    """Where the same words are looked for in another kind."""
    kinds = {"all": "", **{kind.value: kind.value for kind in Kind}}
    return {name: _address({"q": typed, "kind": kind}) for name, kind in kinds.items()}


def _address(asked: dict[str, str], page: int = 1) -> str:
    """What follows the question mark; empty for the page before the first."""
    if page < 1:
        return ""
    said = {**asked, "page": str(page) if page > 1 else ""}
    return urlencode({name: value for name, value in said.items() if value})
