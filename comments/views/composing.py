"""What helps while somebody writes: a preview, a reply's form in place, names."""

from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from articles.models import Article
from comments.forms import CommentForm, ComposedForm, find_comment
from comments.models import Comment
from comments.policies import why_not_answer, why_not_comment
from comments.rendering import render_body
from comments.views.entrance import is_part, to_sign_in
from comments.writing.calling import names_to_call
from comments.writing.second_look import second_look
from ethicsforum.ids import as_id
from ethicsforum.limits.door import use
from ethicsforum.limits.table import NAMING, PREVIEWING


@csrf_exempt  # for visitors, who are sent to sign in; `_preview` is protected
@require_POST
@never_cache
def preview(request: HttpRequest) -> HttpResponse:
    """The text as it will stand there, and whether it would wait. Stores nothing."""
    if not request.user.is_authenticated:
        return to_sign_in(request, _form_from(request))
    response: HttpResponse = _preview(request)
    return response


@csrf_protect
def _preview(request: HttpRequest) -> HttpResponse:
    if not request.POST.get("body", "").strip():
        return HttpResponse()
    form = ComposedForm(request.POST, user=request.user)
    context: dict[str, Any] = {"form": form}
    wait = use(PREVIEWING, request, form) if form.is_valid() else None
    if form.is_valid():
        body = form.cleaned_data["body"]
        editing = _own(request, request.POST.get("comment", ""))
        context["preview"] = render_body(body)
        context["look"] = second_look(body, author=request.user, editing=editing)
    response = render(request, "comments/_previewed.html", context)
    return wait.on(response) if wait else response


@require_safe
@never_cache
@vary_on_headers("HX-Request")
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """The form for an answer, to be put below what it answers."""
    parent = find_comment(str(pk), viewer=request.user)
    if parent is None:
        raise Http404
    article = parent.article
    page = f"{article.get_absolute_url()}?reply_to={pk}#comment-form"
    if not request.user.is_authenticated:
        return to_sign_in(request, page)
    if not is_part(request):
        return redirect(page)
    if why_not_answer(parent, article) or why_not_comment(request.user, article):
        raise Http404
    form = CommentForm(initial={"parent": pk}, article=article, user=request.user)
    context = {"form": form, "parent": parent, "article": article, "in_place": True}
    return render(request, "comments/_form.html", context)


@require_safe
@never_cache
def complete(request: HttpRequest) -> HttpResponse:
    """Names of those who have written in a discussion, by how they begin."""
    if not request.user.is_authenticated:
        return to_sign_in(request, _where_from(request))
    wait = use(NAMING, request)
    if wait:
        return wait.on(JsonResponse({"names": []}))
    articles = Article.objects.visible_to(request.user).exclude(
        discussion=Article.Discussion.HIDDEN
    )
    article = get_object_or_404(articles, slug=request.GET.get("article", ""))
    begin = request.GET.get("q", "")
    names = names_to_call(article, begin, caller=request.user)
    return JsonResponse({"names": names})


def _own(request: HttpRequest, raw: str) -> Comment | None:
    found = find_comment(raw, viewer=request.user) if raw else None
    return found if found and found.author_id == request.user.pk else None


def _form_from(request: HttpRequest) -> str:
    """Where the form stands that asked: there its draft comes back."""
    page = _where_from(request)
    if not page.startswith("/articles/"):
        return page
    parent = as_id(request.POST.get("parent", ""))
    return f"{page}{f'?reply_to={parent}' if parent else ''}#comment-form"


def _where_from(request: HttpRequest) -> str:
    """The page that asked, as far as it is one of this site."""
    asked = urlsplit(request.headers.get("HX-Current-URL", ""))
    is_ours = asked.netloc == request.get_host() and asked.path.startswith("/")
    return asked.path if is_ours else reverse("articles:list")
