"""The desk's POSTs: one decision, many decisions, and the page for a collision."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comments.actions.deciding import Decider, Reason, StaleDecision, decide_item
from comments.admin.forms import OUTCOMES, DecisionForm, ReasonForm
from comments.admin.read_only import LONGEST_ID
from comments.desk import cards, next_item, summary
from comments.models import Decision, QueueItem
from comments.states import DeciderKind, State

Admin = ModelAdmin[QueueItem]

LIST = "admin:comments_queueitem_changelist"
MOST_AT_ONCE = 200


def may_decide(request: HttpRequest) -> bool:
    user = request.user
    allowed = user.has_perm("comments.decide_queueitem")
    return user.is_active and user.is_staff and allowed


def item_page(
    model_admin: Admin,
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
    return _respond(model_admin, request, "item", context, status)


def decide_one(model_admin: Admin, request: HttpRequest, pk: int) -> HttpResponse:
    if not may_decide(request):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    item = get_object_or_404(QueueItem.objects.for_desk(), pk=pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return item_page(model_admin, request, item, form, status=422)
    by = Decider.moderator(request.user)
    version = form.cleaned_data["version"]
    try:
        decision = decide_item(
            item, version=version, to=form.to, by=by, reason=form.reason()
        )
    except StaleDecision as stale:
        return _conflict(model_admin, request, item, form, stale.decision)
    messages.success(request, _said(decision))
    return redirect(_next_address(request, item))


def _said(decision: Decision) -> str:
    if decision.to_state == State.PUBLISHED:
        return _("Published. The author gets a mail.")
    return _("Rejected. The author gets the rule and your explanation by mail.")


def _next_address(request: HttpRequest, item: QueueItem) -> str:
    following = next_item(item)
    if request.POST.get("from") == "list":
        query = request.POST.get("filters", "")
        anchor = f"#item-{following.pk}" if following else ""
        return f"{reverse(LIST)}{'?' + query if query else ''}{anchor}"
    return following.get_desk_url() if following else reverse(LIST)


def _conflict(
    model_admin: Admin,
    request: HttpRequest,
    item: QueueItem,
    form: DecisionForm,
    first: Decision | None,
) -> HttpResponse:
    following = next_item(item)
    context = {
        "title": _conflict_title(request, first),
        "item": item,
        "first": first,
        "draft": form.cleaned_data,
        "next_url": following.get_desk_url() if following else reverse(LIST),
    }
    return _respond(model_admin, request, "conflict", context, 409)


def _conflict_title(request: HttpRequest, first: Decision | None) -> str:
    if first is None or first.decider_kind == DeciderKind.AUTHOR:
        return _("This has changed")
    if first.decider == request.user:
        return _("You have decided it already")
    return _("Somebody was first")


@dataclass
class Tally:
    """How a bulk decision went, item by item."""

    done: int = 0
    left: list[str] = field(default_factory=list)

    def tell(self, request: HttpRequest) -> None:
        if self.done:
            text = ngettext("%(n)s item decided.", "%(n)s items decided.", self.done)
            messages.success(request, text % {"n": self.done})
        for line in self.left:
            messages.warning(request, line)


def decide_selected(
    model_admin: Admin,
    request: HttpRequest,
    queryset: QuerySet[QueueItem],
    outcome: str,
) -> HttpResponse | None:
    """A page that asks; the second time, the decisions. None leads back to the list."""
    confirmed = "confirmed" in request.POST
    # The list's filter has dropped what a colleague decided; the confirmed page names
    # each item, and each is answered for.
    chosen = _named(request) if confirmed else queryset
    items = list(chosen.order_by("opened_at", "pk")[:MOST_AT_ONCE])
    form = ReasonForm(request.POST if confirmed else None)
    form.fields["rule"].required = outcome == "reject"
    if not confirmed or not form.is_valid():
        return _ask(model_admin, request, items, outcome, form)
    reason = form.reason() if outcome == "reject" else Reason()
    _decide_all(request, items, OUTCOMES[outcome], reason).tell(request)
    return None


def selection_is_sound(request: HttpRequest) -> bool:
    """Whether the ids that were sent are ids; Django takes them as they come."""
    raw = request.POST.getlist(ACTION_CHECKBOX_NAME)
    return all(pk.isascii() and pk.isdigit() and len(pk) <= LONGEST_ID for pk in raw)


def _named(request: HttpRequest) -> QuerySet[QueueItem]:
    ids = request.POST.getlist(ACTION_CHECKBOX_NAME)
    return QueueItem.objects.for_desk().filter(pk__in=ids)


def _decide_all(
    request: HttpRequest, items: list[QueueItem], to: State, reason: Reason
) -> Tally:
    tally = Tally()
    by = Decider.moderator(request.user)
    for item in items:
        version = request.POST.get(f"version-{item.pk}", "")
        seen = int(version) if version.isdecimal() and len(version) < 10 else 0
        try:
            decide_item(item, version=seen, to=to, by=by, reason=reason)
            tally.done += 1
        except StaleDecision as stale:
            why = summary(stale.decision) if stale.decision else _("it has changed")
            left = _("Left alone: the comment by %(author)s (%(why)s).")
            author = item.comment.author_name
            tally.left.append(left % {"author": author, "why": why})
    return tally


def _ask(
    model_admin: Admin,
    request: HttpRequest,
    items: list[QueueItem],
    outcome: str,
    form: ReasonForm,
) -> HttpResponse:
    open_items = [item for item in items if item.is_open]
    context = {
        "title": _("Approve these?") if outcome == "approve" else _("Reject these?"),
        "cards": cards(open_items),
        "decided": [item for item in items if not item.is_open],
        "outcome": outcome,
        "form": form,
    }
    status = 422 if form.errors else 200
    return _respond(model_admin, request, "confirm", context, status)


def _respond(
    model_admin: Admin,
    request: HttpRequest,
    page: str,
    context: dict[str, Any],
    status: int,
) -> HttpResponse:
    around = model_admin.admin_site.each_context(request)
    around |= {"opts": model_admin.opts, "media": model_admin.media}
    template = f"admin/comments/queueitem/{page}.html"
    return TemplateResponse(request, template, {**around, **context}, status=status)
