"""POST undo/: the decision that closed an item, taken back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from comments.actions.deciding import StaleDecision
from comments.actions.undoing import CannotUndo, Obstacle
from comments.actions.undoing import undo as take_back
from comments.admin.desk import words
from comments.admin.desk.access import Admin, about_item
from comments.admin.desk.answers import back, fragment, page, wants_fragment
from comments.models import QueueItem


@about_item
def undo(admin: Admin, request: HttpRequest, item: Any) -> HttpResponse:
    decision = item.closing_decision
    if decision is None or str(decision.pk) != request.POST.get("decision"):
        return _not_undone(admin, request, item, Obstacle.CHANGED)
    try:
        take_back(decision, moderator=request.user)
    except StaleDecision:
        return _not_undone(admin, request, item, Obstacle.CHANGED)
    except CannotUndo as refusal:
        return _not_undone(admin, request, item, refusal.obstacle)
    said = _("Undone: no mail goes out, and it waits again at its old place.")
    if wants_fragment(request):
        context = {"item": item, "said": said}
        return fragment(request, "_undone", context, state="undone")
    messages.success(request, said)
    return back(request, item)


def _not_undone(
    admin: Admin, request: HttpRequest, item: QueueItem, obstacle: Obstacle
) -> HttpResponse:
    if obstacle == Obstacle.NOT_YOURS:
        raise PermissionDenied
    context = {
        "title": _("Not undone"),
        "item": item,
        "why": words.WHY_NOT_UNDONE[obstacle],
    }
    if wants_fragment(request):
        return fragment(request, "_not_undone", context, state="conflict", status=409)
    return page(admin, request, "not_undone", context, 409)
