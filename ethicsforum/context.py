from typing import Any

from django.conf import settings
from django.http import HttpRequest

MAIL_DIR = settings.MAIL_DIR if settings.LOCAL else None
"""Where mails go in local mode, when they are files."""


def site(request: HttpRequest) -> dict[str, Any]:
    """What every template may say about the site."""
    return {
        "site_name": settings.SITE_NAME,
        "site_tagline": settings.SITE_TAGLINE,
        "site_url": settings.SITE_URL,
        "mail_dir": MAIL_DIR,
    }
