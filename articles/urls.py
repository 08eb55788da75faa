from django.contrib.sitemaps.views import sitemap
from django.urls import path

from articles import views
from articles.feeds import ArticleFeed
from articles.sitemaps import SITEMAPS

app_name = "articles"
urlpatterns = [
    path("", views.article_list, name="list"),
    path("articles/<slug:slug>/", views.article_detail, name="detail"),
    path("topics/<slug:slug>/", views.topic, name="topic"),
    path("feeds/articles/", ArticleFeed(), name="feed"),
    path(
        "sitemap.xml",
        sitemap,
        {"sitemaps": SITEMAPS, "template_name": "articles/sitemap.xml"},
        name="sitemap",
    ),
    path("robots.txt", views.robots, name="robots"),
]
