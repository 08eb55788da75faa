"""What search engines may find: the front page, the articles and their topics. Other
apps add their own pages to SITEMAPS."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from articles.models import Article, Topic

if TYPE_CHECKING:
    BaseSitemap = Sitemap[Any]
else:
    # Generic for the type checker only; Django's class takes no parameters.
    BaseSitemap = Sitemap


class ForumSitemap(BaseSitemap):
    """Addresses begin with SITE_URL, whatever host name the request came by."""

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: object = None) -> str:
        return settings.SITE_URL.partition("://")[2]


class FrontPage(ForumSitemap):
    def items(self) -> list[str]:
        return ["articles:list"]

    def location(self, item: str) -> str:
        return reverse(item)


class Articles(ForumSitemap):
    def items(self) -> list[Article]:
        readable = Article.objects.published().newest_first()
        return list(readable.only("slug", "updated_at", "publish_at"))

    def lastmod(self, item: Article) -> datetime:
        return item.last_changed


class Topics(ForumSitemap):
    def items(self) -> list[Topic]:
        readable = Article.objects.published()
        return list(Topic.objects.filter(article__in=readable).distinct())


SITEMAPS: dict[str, type[ForumSitemap]] = {
    "front": FrontPage,
    "articles": Articles,
    "topics": Topics,
}
