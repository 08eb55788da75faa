from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from ethicsforum.page_cache.telling import everything_is_stale_after


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Articles")

    def ready(self) -> None:
        from articles.models import Article, Picture, Topic

        # An article is named on other pages too: lists, related pieces, feeds.
        for model in (Article, Picture, Topic, Article.topics.through):
            everything_is_stale_after(model)
