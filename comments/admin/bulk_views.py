"""Refusing everything by one author: a page that asks, then the order for the job."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from comments.actions import bulk_rejecting
from comments.actions.sanctioning import NotSanctionable
from comments.admin.member_forms import DEFAULT_HOURS, MOST_HOURS, BulkForm, HoursForm
from comments.admin.member_views import CONFLICT, PAGE, UNPROCESSABLE, find_member
from comments.members import Reach
from comments.policies import may_reject_all, why_not_sanction

Admin = ModelAdmin[Any]
TEMPLATE = "admin/comments/sanction/reject_all.html"
PROGRESS = "admin:comments_bulkrejection_change"
LONGEST_REACH = timedelta(hours=MOST_HOURS + 1)
"""An hour longer than the form offers: the page may have been open for a while."""


def begin(model_admin: Admin, request: HttpRequest, pk: int) -> HttpResponse:
    member = find_member(request, pk)
    if not may_reject_all(request.user):
        raise PermissionDenied
    if request.method == "POST":
        return _order(model_admin, request, member)
    hours = HoursForm(request.GET if "hours" in request.GET else None)
    chosen = hours.cleaned_data["hours"] if hours.is_valid() else DEFAULT_HOURS
    since = timezone.now() - timedelta(hours=chosen)
    context: dict[str, Any] = {"hours_form": hours, "hours": chosen}
    status = UNPROCESSABLE if hours.errors else 200
    return _ask(model_admin, request, member, since, status=status, **context)


def _order(model_admin: Admin, request: HttpRequest, member: Any) -> HttpResponse:
    form = BulkForm(request.POST)
    sound = form.is_valid()
    since = form.cleaned_data.get("since")
    if since is None or since < timezone.now() - LONGEST_REACH:
        messages.error(request, _("The page was too old to decide from. Here it is."))
        return redirect(PAGE, member.pk)
    if not sound:
        return _ask(model_admin, request, member, since, form, UNPROCESSABLE)
    try:
        job = bulk_rejecting.start(
            member,
            since=since,
            newest=form.cleaned_data["newest"],
            moderator=request.user,
            reason=form.reason(),
        )
    except bulk_rejecting.WroteSince:
        form.add_error(
            None,
            _(
                "They have written more since you opened this page, so nothing was "
                "begun. Here is the list as it is now."
            ),
        )
        return _ask(model_admin, request, member, since, form, CONFLICT)
    except NotSanctionable as refusal:
        form.add_error(None, str(refusal))
        return _ask(model_admin, request, member, since, form, UNPROCESSABLE)
    return redirect(PROGRESS, job.pk)


def _ask(
    model_admin: Admin,
    request: HttpRequest,
    member: Any,
    since: datetime,
    form: BulkForm | None = None,
    status: int = 200,
    **extra: Any,
) -> HttpResponse:
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Refuse everything by this author?"),
        "opts": model_admin.opts,
        "media": model_admin.media,
        "member": member,
        "why_not": why_not_sanction(request.user, member),
        "reach": Reach.of(member, since),
        "form": form,
        "most_hours": MOST_HOURS,
        **extra,
    }
    return TemplateResponse(request, TEMPLATE, context, status=status)
