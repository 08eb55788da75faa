"""The public log: a page of it, one entry, and the head of its chain."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from comments.actions import sealing
from comments.record.chain import GENESIS
from comments.record.log_filter import LogFilter
from comments.record.public_log import item_of, page_of, seal_of


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    chosen = LogFilter(request.GET)
    items, older = page_of(chosen.decisions(), request.GET.get("before", ""))
    context = {"filter": chosen, "items": items, "older": older, "head": sealing.head()}
    return render(request, "comments/log.html", context)


@require_safe
def log_entry(request: HttpRequest, pk: int) -> HttpResponse:
    item = item_of(pk)
    if item is None:
        raise Http404
    context = {"item": item, "seal": seal_of(item)}
    return render(request, "comments/log_entry.html", context)


@require_safe
@never_cache
def log_head(request: HttpRequest) -> JsonResponse:
    """For whoever notes heads down by a script."""
    head = sealing.head()
    return JsonResponse(
        {
            "position": head.position if head else 0,
            "hash": head.hash if head else GENESIS,
            "sealed_at": head.sealed_at if head else None,
        }
    )
