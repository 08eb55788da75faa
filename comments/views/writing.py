"""Posting, editing and withdrawing one's own comments."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from articles.models import Article
from comments.actions.posting import edit_comment, post_comment, withdraw_comment
from comments.drafts import to_sign_in
from comments.forms import CommentForm, EditForm
from comments.models import Comment
from comments.pages import unaccepted_text
from comments.policies import Action, actions_for
from comments.rendering import render_body

UNPROCESSABLE = 422


@csrf_exempt  # for visitors, who are sent to sign in; `_create` is protected
@require_POST
def create(request: HttpRequest, slug: str) -> HttpResponse:
    article = get_object_or_404(Article.objects.visible_to(request.user), slug=slug)
    if not request.user.is_authenticated:
        return to_sign_in(request, article)
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
        return _page(request, article, form, status=UNPROCESSABLE)
    if "preview" in request.POST:
        preview = render_body(form.cleaned_data["body"])
        return _page(request, article, form, preview=preview)
    comment = post_comment(article, author=request.user, **form.cleaned_data)
    return redirect(comment)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    comment = _own(request, pk, Action.EDIT)
    current = unaccepted_text(comment) or comment.accepted_revision
    initial = {"body": current.source if current else ""}
    form = EditForm(request.POST or None, initial=initial)
    context: dict[str, Any] = {"comment": comment, "form": form}
    if request.method == "POST" and form.is_valid():
        if "preview" not in request.POST:
            edit_comment(comment, body=form.cleaned_data["body"])
            return redirect(comment)
        context["preview"] = render_body(form.cleaned_data["body"])
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "comments/edit.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    comment = _own(request, pk, Action.WITHDRAW)
    if request.method == "POST":
        withdraw_comment(comment)
        messages.success(request, _("Your comment is withdrawn."))
        return redirect(comment.article)
    current = comment.accepted_revision or unaccepted_text(comment)
    context = {"comment": comment, "html": current.html if current else ""}
    return render(request, "comments/withdraw.html", context)


def _own(request: HttpRequest, pk: int, action: Action) -> Comment:
    """One's own comment while this action is open; otherwise as if it did not exist."""
    found = Comment.objects.select_related("article", "accepted_revision")
    comment = get_object_or_404(found, pk=pk, author=request.user)
    if action not in actions_for(request.user, comment):
        raise Http404
    return comment


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
