"""Who decided, as the public may know it: the same moderator, but not which person."""

from django.utils.crypto import salted_hmac

SALT = "comments.record.pseudonyms"
LENGTH = 6


def pseudonym(moderator_id: int) -> str:
    """Stable as long as SECRET_KEY is; nobody without that key gets from it to the
    account."""
    return salted_hmac(SALT, str(moderator_id), algorithm="sha256").hexdigest()[:LENGTH]
