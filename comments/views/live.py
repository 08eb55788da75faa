"""What changes while a page is open: one comment, and what is new under an article."""

from datetime import datetime

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import conditional_page, require_safe
from django.views.decorators.vary import vary_on_headers

from articles.models import Article
from comments.actions.visiting import note_visit
from comments.models import Comment
from comments.reading.entries import entries_of
from comments.reading.news import (
    entries_since,
    ids_since,
    moment_of,
    states_since,
    until_of,
)
from comments.views.entrance import is_part
from ethicsforum.page_cache.marking import article_key, keep


@require_safe
@never_cache
@vary_on_headers("HX-Request")
def part(request: HttpRequest, pk: int) -> HttpResponse:
    """One comment without its replies. Nothing while it is in the state `seen`."""
    visible = Comment.objects.visible_to(request.user)
    rows = visible.select_related("article", "author", "accepted_revision")
    comment = get_object_or_404(rows, pk=pk)
    if not is_part(request):
        return redirect(comment)
    (entry,) = entries_of([comment], comment.article, request.user)
    seen = request.GET.get("seen")
    if entry.own and seen == entry.own.state:
        return HttpResponse(status=204)
    context = {
        "entry": entry,
        "comment": comment,
        "article": comment.article,
        "is_spoken": bool(seen),
    }
    return render(request, "comments/part.html", context)


@require_safe
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """The ids of what others published since, and how what was there before stands if
    that has changed; with `show`, the new comments themselves."""
    open_to_readers = Article.objects.published().exclude(
        discussion=Article.Discussion.HIDDEN
    )
    article = get_object_or_404(open_to_readers, slug=slug)
    since = moment_of(request.GET.get("since", ""))
    if since is None:
        raise BadRequest
    if request.GET.get("show"):
        return _arrivals(request, article, since)
    return _count(request, article, since)


@conditional_page
def _count(request: HttpRequest, article: Article, since: datetime) -> HttpResponse:
    ids = ids_since(article, request.user, since)
    states = states_since(article, since)
    response = JsonResponse({"count": len(ids), "ids": ids, "states": states})
    # Pages opened together ask the same: each is answered once for all visitors.
    return keep(request, response, article_key(article.pk))


@never_cache  # a text may be removed in the next moment
def _arrivals(request: HttpRequest, article: Article, since: datetime) -> HttpResponse:
    now = timezone.now()
    entries = entries_since(article, request.user, since)
    if request.user.is_authenticated:
        note_visit(article, member=request.user)
    context = {"entries": entries, "article": article, "until": until_of(entries, now)}
    return render(request, "comments/arrivals.html", context)
