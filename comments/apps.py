from typing import Any

from django.apps import AppConfig
from django.contrib.auth import get_user_model
from django.db.models.signals import post_delete, post_migrate, post_save
from django.utils.translation import gettext_lazy as _

from ethicsforum.page_cache.telling import (
    EVERYTHING,
    everything_is_stale_after,
    stale,
)


def person_changed(created: bool = False, **kwargs: Any) -> None:
    """Or gone. Whoever is new has written nothing; a sign-in changes no page."""
    if not created and kwargs.get("update_fields") != {"last_login"}:
        stale(EVERYTHING)


class CommentsConfig(AppConfig):
    name = "comments"
    verbose_name = _("Discussion")

    def ready(self) -> None:
        from articles import sitemaps
        from articles.models import Article
        from comments.actions.indexing import article_saved
        from comments.models import Rule
        from comments.setup import after_migrate
        from comments.sitemaps import SITEMAPS

        # Connected after auth's own receiver, so the permissions are there.
        post_migrate.connect(after_migrate, sender=self)
        # Articles know nothing of search, which finds comments as well.
        post_save.connect(article_saved, sender=Article)
        # Nor of the pages that only a discussion has.
        sitemaps.SITEMAPS.update(SITEMAPS)
        # Tombstones name the one, comments the other.
        everything_is_stale_after(Rule)
        for signal in (post_save, post_delete):
            signal.connect(person_changed, sender=get_user_model())
