from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    name = "comments"
    verbose_name = _("Discussion")

    def ready(self) -> None:
        from articles.models import Article
        from comments.actions.indexing import article_saved
        from comments.setup import after_migrate

        # Connected after auth's own receiver, so the permissions are there.
        post_migrate.connect(after_migrate, sender=self)
        # Articles know nothing of search, which finds comments as well.
        post_save.connect(article_saved, sender=Article)
