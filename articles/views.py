"""Reading: the list of articles, a topic, and one article with its discussion."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.kept import article_for
from articles.models import Article, ArticleQuerySet, Topic
from ethicsforum.ids import as_id
from ethicsforum.page_cache.marking import LISTS, article_key, keep

PAGE_SIZE = 20
LAST_PAGE = 9_999

ROBOTS = """\
User-agent: *
Disallow: /admin/
Disallow: /accounts/

Sitemap: {sitemap}
"""


@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    page = _page_of(Article.objects.published(), request)
    return keep(request, render(request, "articles/list.html", page), LISTS)


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Topic, slug=slug)
    context = {"topic": found, **_page_of(found.article_set.published(), request)}
    return keep(request, render(request, "articles/topic.html", context), LISTS)


@require_safe
def article_detail(request: HttpRequest, slug: str) -> HttpResponse:
    article = article_for(request.user, slug)
    is_preview = not article.is_published
    context: dict[str, Any] = {"article": article, "is_preview": is_preview}
    if not is_preview:
        context["article_version"] = article.version
    page = render(request, "articles/detail.html", context)
    return keep(request, page, article_key(article.pk))


@require_safe
def article_in_full(request: HttpRequest, slug: str) -> HttpResponse:
    """The article and its whole discussion on one page, the same for everybody."""
    article = get_object_or_404(Article.objects.published(), slug=slug)
    page = render(request, "articles/print.html", {"article": article})
    return keep(request, page, article_key(article.pk))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    sitemap = settings.SITE_URL + reverse("articles:sitemap")
    return HttpResponse(ROBOTS.format(sitemap=sitemap), content_type="text/plain")


def _page_of(articles: ArticleQuerySet, request: HttpRequest) -> dict[str, Any]:
    """One page, newest first; its address, and that of the next older one."""
    number = _page_number(request)
    start = (number - 1) * PAGE_SIZE
    newest = articles.newest_first().prefetch_related("topics")
    # One more than shown: whether there are older ones costs no second query.
    found = list(newest[start : start + PAGE_SIZE + 1])
    if number > 1 and not found:
        raise Http404
    path = request.path
    return {
        "articles": found[:PAGE_SIZE],
        "canonical": f"{path}?page={number}" if number > 1 else path,
        "older_url": f"{path}?page={number + 1}" if found[PAGE_SIZE:] else None,
    }


def _page_number(request: HttpRequest) -> int:
    number = as_id(request.GET.get("page", "1"))
    if number is None or not 1 <= number <= LAST_PAGE:
        raise Http404
    return number
