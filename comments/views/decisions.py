"""The statement of reasons for a decision, and the appeal against it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from comments.actions.appealing import CannotAppeal, add_message, lodge_appeal
from comments.forms import AppealForm
from comments.models import Appeal, Decision
from comments.policies import Action, actions_for
from comments.record.statements import statement_of
from ethicsforum.limits.door import use
from ethicsforum.limits.table import APPEALING

UNPROCESSABLE = 422


@require_safe
@never_cache
@login_required
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    found = _own(request, pk)
    context = {
        "decision": found,
        "statement": statement_of(found),
        "can_edit": Action.EDIT in actions_for(request.user, found.comment),
    }
    return render(request, "comments/decision.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    found = _own(request, pk)
    if request.method != "POST":
        return _page(request, found, AppealForm())
    form = AppealForm(request.POST)
    wait = use(APPEALING, request, form) if form.is_valid() else None
    if form.is_valid() and _send(request, found, form):
        return redirect("comments:appeal", pk)
    page = _page(request, found, form, status=UNPROCESSABLE)
    return wait.on(page) if wait else page


def _own(request: HttpRequest, pk: int) -> Decision:
    """A decision on one's own text; anybody else's as if it did not exist."""
    own = Decision.objects.owned_by(request.user)
    rows = own.select_related("rule", "comment__article", "revision", "about")
    return get_object_or_404(rows, pk=pk)


def _send(request: HttpRequest, found: Decision, form: AppealForm) -> bool:
    """Whether it was taken; if not, the form says why and keeps the text."""
    text = form.cleaned_data["body"]
    lodged = Appeal.objects.filter(decision=found).first()
    try:
        if lodged is None:
            lodge_appeal(found, appellant=request.user, text=text)
            messages.success(request, _("Your appeal is lodged."))
        else:
            add_message(lodged, sender=request.user, text=text)
            messages.success(request, _("Added to your appeal."))
    except CannotAppeal as refused:
        form.add_error(None, refused.reason)
        return False
    return True


def _page(
    request: HttpRequest, found: Decision, form: AppealForm, status: int = 200
) -> HttpResponse:
    statement = statement_of(found)
    lodged = statement.appeal
    takes_words = lodged.is_open if lodged else statement.can_appeal
    context: dict[str, Any] = {
        "decision": found,
        "statement": statement,
        "appeal": lodged,
        "appeal_messages": lodged.messages.all() if lodged else [],
        # Words that came too late are shown again, so that they are not lost.
        "form": form if takes_words or form.is_bound else None,
    }
    return render(request, "comments/appeal.html", context, status=status)
