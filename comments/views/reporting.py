"""Reports by members, notices of illegal content by anybody."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from comments.actions.reporting import NotPublic, file_notice, report_comment
from comments.forms import NOTHING_PUBLIC, NoticeForm, ReportForm
from comments.models import Comment, Report, Rule
from comments.policies import seconds_until_notice, why_not_report
from ethicsforum.ids import as_id
from ethicsforum.limits.door import use
from ethicsforum.limits.table import NOTIFYING, REPORTING

PAGE = 30
ASKS_AND_CHANGES = ["GET", "HEAD", "POST"]


@csrf_exempt  # for visitors, who are sent to sign in; `_report` is protected
@never_cache
@require_http_methods(ASKS_AND_CHANGES)
def report(request: HttpRequest, pk: int) -> HttpResponse:
    if not request.user.is_authenticated:
        return _to_sign_in(request, pk)
    response: HttpResponse = _report(request, pk)
    return response


@csrf_protect
def _report(request: HttpRequest, pk: int) -> HttpResponse:
    comment = _visible(request, pk)
    earlier = Report.objects.by(request.user).filter(comment=comment)
    made = earlier.select_related("rule").first()
    form = ReportForm(request.POST or None, comment=comment, user=request.user)
    if made is not None:
        return _page(request, comment, form, made=made)
    if request.method != "POST":
        return _page(request, comment, form)
    if not form.is_valid():
        return _page(request, comment, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    wait = use(REPORTING, request, form)
    if wait:
        return wait.on(_page(request, comment, form))
    try:
        report_comment(comment, reporter=request.user, **form.cleaned_data)
    except NotPublic:
        gone = _visible(request, pk)
        return _page(request, gone, form, status=HTTPStatus.CONFLICT)
    return redirect("comments:report", pk)


@never_cache
@require_http_methods(ASKS_AND_CHANGES)
def notice(request: HttpRequest) -> HttpResponse:
    form = NoticeForm(request.POST or None, initial=_known(request))
    if request.method != "POST":
        return render(request, "comments/notice.html", {"form": form})
    if form.is_valid() and not form.is_from_a_robot:
        wait = _seconds_to_wait(request, form)
        if wait:
            return _too_fast(request, form, wait)
        _file(form)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "comments/notice.html", {"form": form}, status=status)
    return redirect("comments:notice_received")


def _seconds_to_wait(request: HttpRequest, form: NoticeForm) -> int:
    wait = use(NOTIFYING, request)
    return wait.seconds if wait else seconds_until_notice(form.cleaned_data["email"])


def _file(form: NoticeForm) -> None:
    try:
        file_notice(form.comment, **form.fields_of_notice())
    except NotPublic:
        form.add_error("where", NOTHING_PUBLIC)


@require_safe
def notice_received(request: HttpRequest) -> HttpResponse:
    return render(request, "comments/notice_received.html")


@require_safe
@never_cache
@login_required
def reports(request: HttpRequest) -> HttpResponse:
    """What the member reported, and what came of it; newest first."""
    rows = Report.objects.by(request.user).select_related(
        "rule", "comment__article", "decision__rule"
    )
    before = as_id(request.GET.get("before", ""))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PAGE + 1])
    older = found[PAGE - 1].pk if len(found) > PAGE else None
    context = {"reports": found[:PAGE], "older": older}
    return render(request, "comments/reports.html", context)


def _visible(request: HttpRequest, pk: int) -> Comment:
    visible = Comment.objects.visible_to(request.user)
    found = visible.select_related("article", "author", "accepted_revision")
    return get_object_or_404(found, pk=pk)


def _to_sign_in(request: HttpRequest, pk: int) -> HttpResponse:
    offer = _(
        "Please sign in to report a comment under a house rule. Against illegal "
        'content anybody can <a href="{}">file a notice</a>, without an account.'
    )
    notice_url = f"{reverse('comments:notice')}?comment={pk}"
    messages.info(request, format_html(offer, notice_url))
    return redirect_to_login(reverse("comments:report", args=[pk]))


def _page(
    request: HttpRequest,
    comment: Comment,
    form: ReportForm,
    status: int = HTTPStatus.OK,
    **extra: Any,
) -> HttpResponse:
    context = {
        "comment": comment,
        "form": form,
        "why_not": why_not_report(request.user, comment),
        "rules": Rule.objects.in_force(),
        **extra,
    }
    return render(request, "comments/report.html", context, status=status)


def _known(request: HttpRequest) -> dict[str, Any]:
    """What the form can know by itself: the comment, and who is signed in."""
    known = {"where": request.GET.get("comment", "")[:20]}
    if request.user.is_authenticated:
        known |= {"name": request.user.username, "email": request.user.email}
    return known


def _too_fast(request: HttpRequest, form: NoticeForm, wait: int) -> HttpResponse:
    context = {"form": form, "minutes": -(-wait // 60)}
    status = HTTPStatus.TOO_MANY_REQUESTS
    response = render(request, "comments/notice.html", context, status=status)
    response.headers["Retry-After"] = str(wait)
    return response
