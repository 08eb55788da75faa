"""The address in a mail that calls a deletion off, and nothing else."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

SALT = "privacy.keep"


def keep_url(deletion_id: int) -> str:
    address = reverse("privacy:keep", args=[token_for(deletion_id)])
    return f"{settings.SITE_URL}{address}"


def token_for(deletion_id: int) -> str:
    return _signer().sign(str(deletion_id))


def read_token(token: str) -> int | None:
    """None for what this site has not signed."""
    try:
        return int(_signer().unsign(token))
    except BadSignature:
        return None


def _signer() -> Signer:
    return Signer(sep=".", salt=SALT)
