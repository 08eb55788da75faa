"""Reading: the list of articles and one article with its discussion."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from articles.models import Article


def article_list(request: HttpRequest) -> HttpResponse:
    articles = Article.objects.published().newest_first()
    return render(request, "articles/list.html", {"articles": articles})


def article_detail(request: HttpRequest, slug: str) -> HttpResponse:
    visible = Article.objects.visible_to(request.user).prefetch_related("topics")
    article = get_object_or_404(visible, slug=slug)
    return render(request, "articles/detail.html", {"article": article})
