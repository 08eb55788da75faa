"""How the desk answers: a page, a fragment for the script, or the way on."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from comments.admin.desk.access import Admin, item_or_404, may_decide
from comments.admin.forms import DecisionForm
from comments.desk import cards
from comments.models import QueueItem
from comments.queues import following
from ethicsforum.ids import as_id

LIST = "admin:comments_queueitem_changelist"
LONGEST_QUERY = 1000
"""A list's own is shorter; a longer one would not fit an address."""


def page(
    admin: Admin,
    request: HttpRequest,
    name: str,
    context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    around = admin.admin_site.each_context(request)
    around |= {"opts": admin.opts, "media": admin.media, "moderator": request.user}
    return TemplateResponse(
        request, template(name), {**around, **context}, status=status
    )


def item_page(
    admin: Admin,
    request: HttpRequest,
    item: QueueItem,
    form: DecisionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """One item on a page of its own; with the form as it was sent, if it was."""
    context = {
        "title": _("A comment that waits") if item.is_open else _("Decided"),
        "card": cards([item])[0],
        "form": form,
        "may_decide": may_decide(request),
    }
    return page(admin, request, "item", context, status)


def wants_fragment(request: HttpRequest) -> bool:
    """The desk's script asks for the one part of the page that changes."""
    return request.headers.get("X-Requested-With") == "fetch"


def fragment(
    request: HttpRequest,
    name: str,
    context: dict[str, Any],
    *,
    state: str,
    status: int = 200,
) -> HttpResponse:
    context = {"moderator": request.user, **context}
    return TemplateResponse(
        request,
        template(name),
        context,
        status=status,
        headers={"X-Item-State": state},
    )


def template(name: str) -> str:
    return f"admin/comments/queueitem/{name}.html"


def next_address(request: HttpRequest, item: Any) -> str:
    """Where the page said that it goes on, or else what follows the item."""
    hint = as_id(request.POST.get("next", ""))
    pk = following(item, request.user) if hint is None else hint
    if request.POST.get("from") == "list":
        return list_address(request, pk)
    return _item_address(pk) if pk else reverse(LIST)


def list_address(request: HttpRequest, pk: int | None = None) -> str:
    query = request.POST.get("filters", "")
    asked = f"?{query}" if query and len(query) <= LONGEST_QUERY else ""
    return f"{reverse(LIST)}{asked}{f'#item-{pk}' if pk else ''}"


def back(request: HttpRequest, item: QueueItem) -> HttpResponse:
    """To the item, on the page that the button was on."""
    if request.POST.get("from") == "list":
        return redirect(list_address(request, item.pk))
    return redirect(item.get_desk_url())


def nothing_done(
    admin: Admin, request: HttpRequest, item: QueueItem, why: str
) -> HttpResponse:
    """The item as it is now, under a word on why nothing was changed."""
    messages.error(request, why)
    return item_page(admin, request, item_or_404(request, item.pk), status=409)


def _item_address(pk: int) -> str:
    return reverse("admin:comments_queueitem_change", args=[pk])
