"""The cookie of the one-time messages, under a name that belongs to this host alone."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class MessageCookie(CookieStorage):
    cookie_name = settings.MESSAGE_COOKIE_NAME


class MessageStorage(FallbackStorage):
    """Django's own: in a cookie what fits, the rest with the session."""

    storage_classes = (MessageCookie, SessionStorage)
