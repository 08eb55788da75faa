from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class EthicsForumConfig(AppConfig):
    name = "ethicsforum"
    label = "kernel"

    def ready(self) -> None:
        from ethicsforum import (
            checks,  # noqa: F401  # registers the system checks
            logs,  # noqa: F401  # hears of Celery's tasks
            security_events,
        )

        security_events.connect()


class ForumAdminConfig(AdminConfig):
    default_site = "ethicsforum.admin.ForumAdminSite"
