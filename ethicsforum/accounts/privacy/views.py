"""Doors to one's own data: what there is, taking it along, leaving; and the policy."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from ethicsforum.accounts.privacy import files
from ethicsforum.accounts.privacy.actions.exporting import ask_export
from ethicsforum.accounts.privacy.actions.leaving import (
    CannotLeave,
    ask_deletion,
    change_mind,
    why_not_leave,
)
from ethicsforum.accounts.privacy.forms import DeletionForm
from ethicsforum.accounts.privacy.models import Deletion, Export
from ethicsforum.accounts.privacy.registry import holdings
from ethicsforum.accounts.privacy.retention import retentions
from ethicsforum.accounts.privacy.tokens import read_token
from ethicsforum.limits.door import use
from ethicsforum.limits.table import EXPORTING


@require_safe
def policy(request: HttpRequest) -> HttpResponse:
    declared = holdings()
    context = {
        "holdings": [each for each in declared if not each.of_staff],
        "of_staff": [each for each in declared if each.of_staff],
        "retentions": retentions(),
    }
    return render(request, "privacy/policy.html", context)


@require_safe
@never_cache
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    member = request.user
    counted = [(each, each.rows(member).count()) for each in holdings()]
    context = {
        **_state(member),
        "deletion": Deletion.objects.filter(member=member.pk).first(),
        "counted": [(each, count) for each, count in counted if count],
    }
    return render(request, "privacy/mine.html", context)


@require_safe
@never_cache
@login_required
def export_state(request: HttpRequest) -> HttpResponse:
    """The part of the page that says how far the export is."""
    return render(request, "privacy/_export.html", _state(request.user))


@never_cache
@require_POST
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types
def export(request: HttpRequest) -> HttpResponse:
    wait = use(EXPORTING, request)
    if wait:
        return wait.page(request)
    ask_export(request.user)
    return redirect("privacy:mine")


@require_safe
@never_cache
@login_required
def fetch(request: HttpRequest, pk: int) -> FileResponse:
    """For its owner alone; to all others it does not exist."""
    mine = Export.objects.fetchable().filter(member=request.user.pk)
    found = get_object_or_404(mine, pk=pk)
    try:
        file = files.path_of(found.file).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    name = f"{settings.SITE_NAME} {found.asked_at:%Y-%m-%d}.zip"
    return FileResponse(file, as_attachment=True, filename=name)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]  # as above
def delete(request: HttpRequest) -> HttpResponse:
    pending = Deletion.objects.filter(member=request.user.pk).first()
    if pending is not None:
        return redirect("privacy:mine")
    form = DeletionForm(request.POST if request.method == "POST" else None)
    why_not = why_not_leave(request.user)
    if form.is_valid() and not why_not:
        try:
            ask_deletion(request.user, comments=form.cleaned_data["comments"])
            return redirect("privacy:mine")
        except CannotLeave as refusal:
            why_not = refusal.reason
    context = {
        "form": form,
        "holdings": [each for each in holdings() if each.rows(request.user).exists()],
        "why_not": why_not,
        "hours": settings.DELETION_HOURS,
    }
    status = 422 if form.is_bound else 200
    return render(request, "privacy/delete.html", context, status=status)


@never_cache
@require_POST
@login_required
def stay(request: HttpRequest) -> HttpResponse:
    """Whoever is signed in changes their mind without ado."""
    deletion = get_object_or_404(Deletion, member=request.user.pk)
    _say(request, change_mind(deletion.pk))
    return redirect("privacy:mine")


@csrf_exempt  # the token is signed, and readers get no cookie
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the mail: GET asks, for mail programs open links by themselves."""
    deletion_id = read_token(token)
    if deletion_id is None:
        raise Http404
    is_kept = request.method == "POST" and change_mind(deletion_id)
    deletion = Deletion.objects.filter(pk=deletion_id, started_at__isnull=True).first()
    context = {"is_kept": is_kept, "deletion": deletion}
    return render(request, "privacy/keep.html", context)


def _state(member: Any) -> dict[str, Any]:
    return {"export": Export.objects.filter(member=member.pk).first()}


def _say(request: HttpRequest, in_time: bool) -> None:
    if in_time:
        messages.success(request, _("Good that you stay. Nothing was deleted."))
    else:
        messages.error(request, _("It is too late: the deletion has begun."))
