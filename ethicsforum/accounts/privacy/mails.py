"""The two mails: the export is ready; the account is to be deleted."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import translation

from ethicsforum.accounts.privacy.models import Deletion, Export
from ethicsforum.accounts.privacy.tokens import keep_url
from ethicsforum.letters import letter, site


def compose_export(export_id: int) -> EmailMultiAlternatives | None:
    """None when it is no longer there to be fetched."""
    rows = Export.objects.fetchable().select_related("member")
    export = rows.filter(pk=export_id).first()
    if export is None:
        return None
    context = {
        **site(),
        "member": export.member,
        "export": export,
        "page_url": settings.SITE_URL + reverse("privacy:mine"),
    }
    with translation.override(settings.LANGUAGE_CODE):
        about = f"export-{export.pk}"
        return letter("export-ready", context, to=export.member.email, about=about)


def compose_deletion(deletion_id: int) -> EmailMultiAlternatives | None:
    """None once it has begun: there is no way back to tell of."""
    rows = Deletion.objects.select_related("member")
    deletion = rows.filter(pk=deletion_id, started_at__isnull=True).first()
    if deletion is None:
        return None
    context = {
        **site(),
        "member": deletion.member,
        "deletion": deletion,
        "keep_url": keep_url(deletion.pk),
    }
    with translation.override(settings.LANGUAGE_CODE):
        about = f"deletion-{deletion.pk}"
        return letter("deletion-asked", context, to=deletion.member.email, about=about)
