"""Permalinks, notices."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from comments.models import Comment, Notification
from comments.pages import query_for


@require_safe
def permalink(request: HttpRequest, pk: int) -> HttpResponse:
    visible = Comment.objects.visible_to(request.user).select_related("article")
    comment = get_object_or_404(visible, pk=pk)
    query = query_for(comment, request.user)
    return redirect(f"{comment.article.get_absolute_url()}{query}#comment-{comment.pk}")


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
