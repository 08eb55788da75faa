from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    name = "ethicsforum.accounts.privacy"
    label = "privacy"
    verbose_name = _("Privacy")

    def ready(self) -> None:
        # Each app says in its `personal` module what it holds of people, so that the
        # kernel need know no app.
        autodiscover_modules("personal")
