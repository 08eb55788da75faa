"""The least that a post can cost with Django: one view, one row, no middleware."""

import os

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ethicsforum.settings")
django.setup()
settings.MIDDLEWARE = []
settings.ROOT_URLCONF = "bench.bare"
application = WSGIHandler()


def insert(request: HttpRequest) -> HttpResponse:
    from comments.models import Comment

    article, author = request.POST["article"], request.POST["author"]
    row = Comment.objects.create(article_id=int(article), author_id=int(author))
    return HttpResponse(str(row.pk))


def here(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("", here), path("insert/", insert)]
