"""What other sites ask for when somebody shares an article: its picture, its card."""

import hashlib
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import Resolver404, resolve, reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.models import Article
from articles.share_image import EDITION, HEIGHT, WIDTH, share_image
from ethicsforum.cache import quick
from ethicsforum.ids import as_id

A_DAY = 86_400
KEPT = 7 * A_DAY


@require_safe
def image(request: HttpRequest, slug: str) -> HttpResponse:
    article = get_object_or_404(Article.objects.published(), slug=slug)
    mark = _mark(article)
    seconds = int(article.last_changed.timestamp())
    known = get_conditional_response(request, etag=f'"{mark}"', last_modified=seconds)
    answer = known or HttpResponse(_drawn(article, mark), content_type="image/png")
    answer.headers["ETag"] = f'"{mark}"'
    answer.headers["Last-Modified"] = http_date(seconds)
    answer.headers["Cache-Control"] = f"public, max-age={A_DAY}"
    return _open_to_other_sites(answer)


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """https://oembed.com: what an article's address stands for, as a link."""
    if request.GET.get("format", "json") != "json":
        message = _("Only format=json is offered.")
        answer = HttpResponse(message, "text/plain", HTTPStatus.NOT_IMPLEMENTED)
        return _open_to_other_sites(answer)
    article = _article_at(request.GET.get("url", ""))
    card = _card(article) | _thumbnail(article, request)
    answer = JsonResponse(card)
    answer.headers["Cache-Control"] = f"public, max-age={A_DAY}"
    return _open_to_other_sites(answer)


def image_url(article: Article) -> str:
    return settings.SITE_URL + reverse("articles:share_image", args=[article.slug])


def _drawn(article: Article, mark: str) -> bytes:
    # Drawn once for each title, however many ask.
    return quick.get_or_set(
        f"share-image:{mark}",
        lambda: share_image(article.title, site=settings.SITE_NAME),
        KEPT,
    ) or share_image(article.title, site=settings.SITE_NAME)


def _mark(article: Article) -> str:
    shown = "\0".join((EDITION, settings.SITE_NAME, article.title))
    return hashlib.sha256(shown.encode()).hexdigest()[:32]


def _article_at(address: str) -> Article:
    """The published article that this site has at the address."""
    try:
        asked, own = urlsplit(address), urlsplit(settings.SITE_URL)
        found = resolve(asked.path)
    except (ValueError, Resolver404):
        raise Http404 from None
    if asked.netloc != own.netloc or found.view_name != "articles:detail":
        raise Http404
    return get_object_or_404(Article.objects.published(), slug=found.kwargs["slug"])


def _card(article: Article) -> dict[str, Any]:
    card = {
        "version": "1.0",
        "type": "link",
        "title": article.title,
        "provider_name": settings.SITE_NAME,
        "provider_url": f"{settings.SITE_URL}/",
        "cache_age": A_DAY,
    }
    return card | ({"author_name": article.byline} if article.byline else {})


def _thumbnail(article: Article, request: HttpRequest) -> dict[str, Any]:
    """Left out where the asker has less room than it needs."""
    for name, needed in (("maxwidth", WIDTH), ("maxheight", HEIGHT)):
        room = as_id(request.GET.get(name, ""))
        if room is not None and room < needed:
            return {}
    return {
        "thumbnail_url": image_url(article),
        "thumbnail_width": WIDTH,
        "thumbnail_height": HEIGHT,
    }


def _open_to_other_sites(answer: HttpResponse) -> HttpResponse:
    """Nothing in it is anybody's own."""
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer
