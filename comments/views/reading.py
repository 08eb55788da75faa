"""Permalinks, the public log, statements of reasons, notices."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from comments.models import Comment, Decision, LogEntry, Notification
from comments.pages import page_start_of
from comments.policies import Action, actions_for
from comments.screening.reasons import for_author

LOG_PAGE = 50


@require_safe
def permalink(request: HttpRequest, pk: int) -> HttpResponse:
    visible = Comment.objects.visible_to(request.user).select_related("article")
    comment = get_object_or_404(visible, pk=pk)
    start = page_start_of(comment, request.user)
    query = f"?from={start}" if start else ""
    return redirect(f"{comment.article.get_absolute_url()}{query}#comment-{comment.pk}")


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    show_all = request.GET.get("show") == "all"
    shown = Decision.objects.public() if show_all else Decision.objects.interventions()
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) <= 18:
        shown = shown.filter(pk__lt=before)
    rows = shown.newest_first().select_related("rule", "comment__article")
    decisions = list(rows[: LOG_PAGE + 1])
    context = {
        "decisions": decisions[:LOG_PAGE],
        "older": decisions[LOG_PAGE - 1].pk if len(decisions) > LOG_PAGE else None,
        "show_all": show_all,
        "head": LogEntry.objects.order_by("position").last(),
    }
    return render(request, "comments/log.html", context)


@require_safe
@never_cache
@login_required
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """The statement of reasons: for the author of the comment."""
    own = Decision.objects.owned_by(request.user)
    rows = own.select_related("rule", "comment__article", "revision")
    found = get_object_or_404(rows, pk=pk)
    context = {
        "decision": found,
        "reasons": [for_author(finding) for finding in found.findings],
        "can_edit": Action.EDIT in actions_for(request.user, found.comment),
    }
    return render(request, "comments/decision.html", context)


@require_safe
@never_cache
@login_required
def notices(request: HttpRequest) -> HttpResponse:
    rows = Notification.objects.of(request.user).for_mail()
    page = Paginator(rows.order_by("-pk"), 30).get_page(request.GET.get("page"))
    return render(request, "comments/notices.html", {"page": page})


@require_POST
@login_required
def mark_notices_read(request: HttpRequest) -> HttpResponse:
    unread = Notification.objects.of(request.user).unread()
    unread.update(read_at=timezone.now())
    return redirect("comments:notices")
