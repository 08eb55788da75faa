"""Who comes to the desk's doors, and for which item."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404

from comments.models import QueueItem

Admin = ModelAdmin[QueueItem]
ItemView = Callable[[Admin, HttpRequest, Any], HttpResponse]
DeskView = Callable[..., HttpResponse]


def may_decide(request: HttpRequest) -> bool:
    user = request.user
    allowed = user.has_perm("comments.decide_queueitem")
    return user.is_active and user.is_staff and allowed


def item_or_404(request: HttpRequest, pk: int) -> Any:
    """The item as it is now; none that this person may not hear."""
    items = QueueItem.objects.for_moderator(request.user).for_desk()
    return get_object_or_404(items, pk=pk)


def moderators_post(view: DeskView) -> DeskView:
    """For moderators alone, and only what was posted."""

    @wraps(view)
    def guarded(admin: Admin, request: HttpRequest, **address: Any) -> HttpResponse:
        if not may_decide(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        return view(admin, request, **address)

    return guarded


def about_item(view: ItemView) -> DeskView:
    """The same, about one item."""

    @moderators_post
    @wraps(view)
    def found(admin: Admin, request: HttpRequest, pk: int) -> HttpResponse:
        return view(admin, request, item_or_404(request, pk))

    return found
