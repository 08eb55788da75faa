"""The address in each mail that switches such mails off, and nothing else.

It names the member and the topic and is signed, so that it works without signing in,
for as long as the site keeps its key.
"""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from comments.mailing.choices import TOPICS

SALT = "comments.unsubscribe"


def unsubscribe_url(member_id: int, topic: str) -> str:
    address = reverse("comments:unsubscribe", args=[token_for(member_id, topic)])
    return f"{settings.SITE_URL}{address}"


def token_for(member_id: int, topic: str) -> str:
    return _signer().sign(f"{member_id}-{topic}")


def read_token(token: str) -> tuple[int, str] | None:
    """The member's id and the topic; None for what this site has not signed."""
    try:
        member, _dash, topic = _signer().unsign(token).partition("-")
    except BadSignature:
        return None
    return (int(member), topic) if topic in TOPICS else None


def _signer() -> Signer:
    return Signer(sep=".", salt=SALT)
