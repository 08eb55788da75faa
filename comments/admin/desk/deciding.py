"""POST decide/: one decision about one item."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext as _

from comments.actions.deciding import StaleDecision
from comments.actions.judging import judge_item
from comments.actions.undoing import undo_ends
from comments.actions.verdicts import ClaimedByColleague
from comments.admin.desk import words
from comments.admin.desk.access import Admin, about_item, item_or_404
from comments.admin.desk.answers import (
    fragment,
    item_page,
    next_address,
    page,
    wants_fragment,
)
from comments.admin.forms import DecisionForm
from comments.models import Decision, QueueItem, SecondOpinion
from comments.states import DeciderKind


@about_item
def decide(admin: Admin, request: HttpRequest, item: Any) -> HttpResponse:
    form = DecisionForm(request.POST, kind=item.kind)
    if not form.is_valid():
        return _refused(admin, request, item, form)
    try:
        given = judge_item(item, form.verdict(), moderator=request.user)
    except StaleDecision as stale:
        return _conflict(admin, request, item.pk, form, stale)
    return _done(request, item, given)


def _done(
    request: HttpRequest, item: Any, given: Decision | SecondOpinion
) -> HttpResponse:
    said = words.said(given, item)
    decision = given if isinstance(given, Decision) else None
    if wants_fragment(request):
        item.closing_decision = decision
        context = {"item": item, "said": said, "decision": decision}
        return fragment(request, "_done", context, state="done")
    if undo_ends(decision):
        link = '{} <a href="{}">{}</a>'
        here = _("Look again, or undo")
        said = format_html(link, said, item.get_desk_url(), here)
    messages.success(request, said)
    return redirect(next_address(request, item))


def _refused(
    admin: Admin, request: HttpRequest, item: QueueItem, form: DecisionForm
) -> HttpResponse:
    if not wants_fragment(request):
        return item_page(admin, request, item, form, status=422)
    context = {"item": item, "form": form}
    return fragment(request, "_refused", context, state="refused", status=422)


def _conflict(
    admin: Admin,
    request: HttpRequest,
    pk: int,
    form: DecisionForm,
    stale: StaleDecision,
) -> HttpResponse:
    item = item_or_404(request, pk)
    claimed = isinstance(stale, ClaimedByColleague)
    context = {
        "title": _title(request, stale),
        "item": item,
        "first": stale.decision,
        "claim": item if claimed else None,
        "draft": form.cleaned_data,
        "next_url": next_address(request, item),
    }
    if wants_fragment(request):
        return fragment(request, "_conflict", context, state="conflict", status=409)
    return page(admin, request, "conflict", context, 409)


def _title(request: HttpRequest, stale: StaleDecision) -> str:
    first = stale.decision
    if isinstance(stale, ClaimedByColleague):
        return _("A colleague is at it")
    if first is None or first.decider_kind == DeciderKind.AUTHOR:
        return _("This has changed")
    if first.decider == request.user:
        return _("You have decided it already")
    return _("Somebody was first")
