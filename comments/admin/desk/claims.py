"""POST claim/, release/, take/ and presence/: who works on what."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comments.actions import claiming
from comments.actions.presence import mark_present, others_at
from comments.admin.desk import words
from comments.admin.desk.access import Admin, about_item, item_or_404, moderators_post
from comments.admin.desk.answers import LIST, back, nothing_done
from comments.models import QueueItem
from comments.queues import KINDS, Queue


@about_item
def claim(admin: Admin, request: HttpRequest, item: Any) -> HttpResponse:
    if not claiming.claim(item, moderator=request.user):
        fresh = item_or_404(request, item.pk)
        return nothing_done(admin, request, fresh, words.why_not(fresh))
    messages.success(request, _("It is yours for now; colleagues see that."))
    return back(request, item)


@about_item
def release(admin: Admin, request: HttpRequest, item: Any) -> HttpResponse:
    if claiming.release(item, moderator=request.user):
        messages.success(request, _("Released. Everybody can decide it again."))
    else:
        messages.info(request, _("You had no claim on it any more."))
    return back(request, item)


@moderators_post
def take(admin: Admin, request: HttpRequest) -> HttpResponse:
    kind = KINDS.get(_queue(request), QueueItem.Kind.HELD)
    taken = claiming.take_next(request.user, kind=kind)
    if taken:
        text = ngettext("%(n)s item is yours.", "%(n)s items are yours.", taken)
        messages.success(request, text % {"n": taken})
    else:
        messages.info(
            request, _("Nothing was added: you have a full batch, or nothing is free.")
        )
    return redirect(f"{reverse(LIST)}?queue={Queue.MINE}")


@about_item
def presence(admin: Admin, request: HttpRequest, item: Any) -> HttpResponse:
    """Told by an open page every few seconds, which also keeps its claim running."""
    mark_present(item, moderator=request.user)
    if item.claimant() == request.user:
        claiming.renew(item, moderator=request.user)
        item = item_or_404(request, item.pk)
    return JsonResponse(
        {
            "open": item.is_open,
            "version": item.version,
            "others": others_at(item, request.user),
            "claim": _claim(request, item),
        }
    )


def _queue(request: HttpRequest) -> Queue:
    asked = request.POST.get("queue", "")
    return Queue(asked) if asked in set(Queue) else Queue.WAITING


def _claim(request: HttpRequest, item: QueueItem) -> dict[str, Any] | None:
    claimant = item.claimant()
    if claimant is None or item.claimed_until is None:
        return None
    return {
        "by": str(claimant),
        "mine": claimant == request.user,
        "until": item.claimed_until.isoformat(),
    }
