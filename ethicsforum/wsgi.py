"""The site as a web server runs it: the page cache in front of Django."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from ethicsforum.bodies import with_whole_bodies
from ethicsforum.metrics.shared import teller
from ethicsforum.page_cache import here
from ethicsforum.page_cache.front import Front

OWN_COOKIES = (
    settings.SESSION_COOKIE_NAME,
    settings.CSRF_COOKIE_NAME,
    settings.MESSAGE_COOKIE_NAME,
)

application = Front(
    teller.beside(with_whole_bodies(get_wsgi_application())),
    here.memory,
    here.listener,
    own_cookies=OWN_COOKIES,
    trusts_proxy=bool(settings.TRUSTED_PROXIES),
)
