"""A mail made of three templates named alike: subject, text and HTML."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string


def letter(
    name: str, context: dict[str, Any], *, to: str, about: str
) -> EmailMultiAlternatives:
    # The same id on a second attempt lets mail servers drop the double.
    headers = {"Message-ID": _message_id(about), "Auto-Submitted": "auto-generated"}
    if "unsubscribe_url" in context:
        headers["List-Unsubscribe"] = f"<{context['unsubscribe_url']}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail = EmailMultiAlternatives(
        subject=subject(name, context),
        body=render_to_string(f"emails/{name}-body.txt", context),
        to=[to],
        headers=headers,
    )
    html = render_to_string(f"emails/{name}-body.html", context)
    mail.attach_alternative(html, "text/html")
    return mail


def subject(name: str, context: dict[str, Any]) -> str:
    """One line, whatever names and titles are in it."""
    return " ".join(render_to_string(f"emails/{name}-subject.txt", context).split())


def site() -> dict[str, Any]:
    return {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL}


def _message_id(about: str) -> str:
    host = settings.SITE_URL.split("://", 1)[1].split("/")[0].split(":")[0]
    return f"<{about}@{host}>"
