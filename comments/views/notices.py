"""Notices on the site; which of them come by mail."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from comments.actions.choosing_mails import choose_mails, switch_off
from comments.mailing.choices import words_for
from comments.mailing.forms import MailChoicesForm
from comments.mailing.tokens import read_token
from comments.models import MailChoice, Notification

PAGE = 30


@require_safe
@never_cache
@login_required
def notices(request: HttpRequest) -> HttpResponse:
    rows = Notification.objects.of(request.user).for_mail()
    page = Paginator(rows.order_by("-pk"), PAGE).get_page(request.GET.get("page"))
    return render(request, "comments/notices.html", {"page": page})


@require_safe
@never_cache
@login_required
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """On to what it is about; who goes there has read it."""
    rows = Notification.objects.of(request.user)
    notice = get_object_or_404(rows.for_mail(), pk=pk)
    rows.unread().filter(pk=pk).update(read_at=timezone.now())
    return redirect(notice.leads_to)


@require_POST
@login_required
def mark_notices_read(request: HttpRequest) -> HttpResponse:
    unread = Notification.objects.of(request.user).unread()
    unread.update(read_at=timezone.now())
    return redirect("comments:notices")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def mail_choices(request: HttpRequest) -> HttpResponse:
    stored = MailChoice.objects.filter(member=request.user.pk).first()
    form = MailChoicesForm(request.POST or None, instance=stored)
    if form.is_valid():
        choose_mails(request.user, **form.cleaned_data)
        messages.success(request, _("Saved. From now on mails come as chosen here."))
        return redirect("comments:mail_choices")
    context = {"form": form, "hour": f"{settings.DIGEST_HOUR}:00"}
    context["zone"] = settings.TIME_ZONE
    status = 422 if form.is_bound else 200
    return render(request, "comments/mail_choices.html", context, status=status)


@csrf_exempt  # a mail program posts here, without a page; the token is signed
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    known = read_token(token)
    if known is None:
        raise Http404
    member_id, topic = known
    member = get_object_or_404(get_user_model(), pk=member_id)
    if request.method == "POST":
        switch_off(member, topic)
    context = {"topic": words_for(topic), "is_done": request.method == "POST"}
    return render(request, "comments/unsubscribe.html", context)
