from django.contrib.sitemaps.views import sitemap
from django.urls import path
from django.views.decorators.http import require_safe

from articles import sharing, views
from articles.feeds import ArticleFeed, TopicFeed
from articles.sitemaps import SITEMAPS

app_name = "articles"
urlpatterns = [
    path("", views.article_list, name="list"),
    path("articles/<slug:slug>/", views.article_detail, name="detail"),
    path("articles/<slug:slug>/print/", views.article_in_full, name="print"),
    path("articles/<slug:slug>/share.png", sharing.image, name="share_image"),
    path("oembed/", sharing.oembed, name="oembed"),
    path("topics/<slug:slug>/", views.topic, name="topic"),
    path("topics/<slug:slug>/feed/", require_safe(TopicFeed()), name="topic_feed"),
    path("feeds/articles/", require_safe(ArticleFeed()), name="feed"),
    path(
        "sitemap.xml",
        require_safe(sitemap),
        {"sitemaps": SITEMAPS, "template_name": "articles/sitemap.xml"},
        name="sitemap",
    ),
    path("robots.txt", views.robots, name="robots"),
]
