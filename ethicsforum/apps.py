from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class EthicsForumConfig(AppConfig):
    name = "ethicsforum"
    label = "kernel"

    def ready(self) -> None:
        from ethicsforum import checks  # noqa: F401  # registers the system checks


class ForumAdminConfig(AdminConfig):
    default_site = "ethicsforum.admin.ForumAdminSite"
