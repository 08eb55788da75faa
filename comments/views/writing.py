"""Posting, editing and withdrawing one's own comments."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import (
    reswap,
    retarget,
    trigger_client_event,
)

from articles.kept import article_for
from articles.models import Article
from comments.actions.posting import (
    CommentClosed,
    edit_comment,
    post_comment,
    withdraw_comment,
)
from comments.forms import BodyForm, CommentForm
from comments.models import Comment
from comments.policies import Action, actions_for, why_suspended
from comments.reading.entries import entries_of
from comments.reading.pages import unaccepted_text
from comments.rendering import render_body
from comments.views.entrance import is_part, of_whole_page
from comments.writing.drafts import to_sign_in
from comments.writing.second_look import second_look
from ethicsforum.limits.door import use
from ethicsforum.limits.table import EDITING, POSTING, PREVIEWING
from ethicsforum.limits.wait import Wait

UNPROCESSABLE = 422
TOO_LATE = gettext_lazy("The comment was removed or withdrawn in the meantime.")


@csrf_exempt  # for visitors, who are sent to sign in; `_create` is protected
@require_POST
def create(request: HttpRequest, slug: str) -> HttpResponse:
    article = article_for(request.user, slug)
    if not request.user.is_authenticated:
        return of_whole_page(request, to_sign_in(request, article))
    response: HttpResponse = _create(request, article)
    return response


@csrf_protect
def _create(request: HttpRequest, article: Article) -> HttpResponse:
    form = CommentForm(
        request.POST,
        article=article,
        user=request.user,
        broken_encoding=_broken_encoding(request),
    )
    if not form.is_valid():
        return _refused(request, article, form)
    if "preview" in request.POST:
        return _previewed(request, article, form)
    # Once, and only where it can be answered in place: who sends the form as a page
    # has sent it.
    if is_part(request) and "looked" not in request.POST:
        look = second_look(form.cleaned_data["body"], author=request.user)
        if look:
            return render(request, "comments/_look.html", {"look": look, "asks": True})
    wait = use(POSTING, request, form)
    if wait:
        return wait.on(_refused(request, article, form))
    comment = post_comment(article, author=request.user, **form.cleaned_data)
    return _sent(request, comment) if is_part(request) else redirect(comment)


def _refused(request: HttpRequest, article: Article, form: CommentForm) -> HttpResponse:
    if not is_part(request):
        return _page(request, article, form, status=UNPROCESSABLE)
    context = {"form": form}
    return render(request, "comments/_refused.html", context, status=UNPROCESSABLE)


def _previewed(
    request: HttpRequest, article: Article, form: CommentForm
) -> HttpResponse:
    wait = use(PREVIEWING, request, form)
    if wait:
        return wait.on(_refused(request, article, form))
    body = form.cleaned_data["body"]
    look = second_look(body, author=request.user)
    shown: dict[str, Any] = {"preview": render_body(body), "look": look}
    if not is_part(request):
        return _page(request, article, form, **shown)
    response = render(request, "comments/_previewed.html", {"form": form, **shown})
    return retarget(response, "#comment-form .live-preview")


def _sent(request: HttpRequest, sent: Comment) -> HttpResponse:
    """The comment as its author finds it on the page, put in front of the form."""
    rows = Comment.objects.select_related("article", "author", "accepted_revision")
    comment = rows.get(pk=sent.pk)
    (entry,) = entries_of([comment], comment.article, request.user)
    context = {"entry": entry, "comment": comment, "article": comment.article}
    response = render(request, "comments/_sent.html", context)
    told = {"id": comment.pk, "parent": comment.parent_id}
    trigger_client_event(response, "comment-sent", told, after="swap")
    return reswap(retarget(response, "#comment-form"), "beforebegin")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    comment = _own(request, pk)
    posted = request.method == "POST"
    suspended = bool(why_suspended(request.user))
    may_edit = suspended or Action.EDIT in actions_for(request.user, comment)
    if not posted and not may_edit:
        raise Http404
    current = unaccepted_text(comment) or comment.accepted_revision
    form = BodyForm(
        request.POST if posted else None,
        initial={"body": current.source if current else ""},
        article=comment.article,
        user=request.user,
        broken_encoding=posted and _broken_encoding(request),
    )
    sent = posted and "preview" not in request.POST
    wait = _wait_to_edit(request, form, sent)
    if sent and form.is_valid() and _try_edit(form, comment):
        return redirect(comment)
    context: dict[str, Any] = {"comment": comment, "form": form, "suspended": suspended}
    if form.is_bound and form.is_valid():
        body = form.cleaned_data["body"]
        context["preview"] = render_body(body)
        context["look"] = second_look(body, author=request.user, editing=comment)
    status = UNPROCESSABLE if form.errors else 200
    response = render(request, "comments/edit.html", context, status=status)
    return wait.on(response) if wait else response


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    comment = _own(request, pk)
    if Action.WITHDRAW not in actions_for(request.user, comment):
        raise Http404
    if request.method == "POST":
        return _withdraw(request, comment)
    current = comment.accepted_revision or unaccepted_text(comment)
    context = {"comment": comment, "html": current.html if current else ""}
    return render(request, "comments/withdraw.html", context)


def _withdraw(request: HttpRequest, comment: Comment) -> HttpResponse:
    try:
        withdraw_comment(comment)
    except CommentClosed:
        messages.error(request, str(TOO_LATE))
        return redirect(comment)
    messages.success(request, _("Your comment is withdrawn."))
    return redirect(comment.article)


def _own(request: HttpRequest, pk: int) -> Comment:
    """One's own comment; anybody else's as if it did not exist."""
    found = Comment.objects.select_related("article", "accepted_revision")
    return get_object_or_404(found, pk=pk, author=request.user)


def _wait_to_edit(request: HttpRequest, form: BodyForm, sent: bool) -> Wait | None:
    if not form.is_valid():
        return None
    return use(EDITING if sent else PREVIEWING, request, form)


def _try_edit(form: BodyForm, comment: Comment) -> bool:
    """Whether it was done; if it is too late, the form says so and keeps the text."""
    try:
        edit_comment(comment, body=form.cleaned_data["body"])
    except CommentClosed:
        form.add_error(None, TOO_LATE)
        return False
    return True


def _page(
    request: HttpRequest, article: Article, form: CommentForm, **extra: Any
) -> HttpResponse:
    """The article's page with the form as it was sent."""
    status = extra.pop("status", 200)
    context = {"article": article, "comment_form": form, **extra}
    return render(request, "articles/detail.html", context, status=status)


def _broken_encoding(request: HttpRequest) -> bool:
    """Django reads a body that is not UTF-8 as Latin-1, without a word."""
    if request.content_type != "application/x-www-form-urlencoded":
        return False
    try:
        request.body.decode()
    except UnicodeDecodeError:
        return True
    return False
