from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.module_loading import autodiscover_modules


class EthicsForumConfig(AppConfig):
    name = "ethicsforum"
    label = "kernel"

    def ready(self) -> None:
        from ethicsforum import (
            checks,  # noqa: F401  # registers the system checks
            logs,  # noqa: F401  # hears of Celery's tasks
            security_events,
        )
        from ethicsforum.metrics import pages, processes  # noqa: F401  # what we count

        security_events.connect()
        # As with what is personal: the kernel need know no app.
        autodiscover_modules("metrics")


class ForumAdminConfig(AdminConfig):
    default_site = "ethicsforum.admin.ForumAdminSite"
