"""The site as a web server runs it: the page cache in front of Django."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from ethicsforum.page_cache.front import Application, Front
from ethicsforum.page_cache.listening import Listener
from ethicsforum.page_cache.memory import Memory

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ethicsforum.settings")

OWN_COOKIES = (
    settings.SESSION_COOKIE_NAME,
    settings.CSRF_COOKIE_NAME,
    settings.MESSAGE_COOKIE_NAME,
)


def in_front_of(django: Application) -> Front:
    memory = Memory(settings.PAGE_CACHE_MB * 1_000_000)
    return Front(
        django,
        memory,
        Listener(settings.REDIS_URL, memory),
        own_cookies=OWN_COOKIES,
        trusts_proxy=bool(settings.TRUSTED_PROXIES),
    )


application = in_front_of(get_wsgi_application())
