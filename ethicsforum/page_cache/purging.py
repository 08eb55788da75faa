"""Tells a cache in front of the site (a CDN) what is stale.

It gets POST with the keys in `Surrogate-Key`, by which it knows the pages made of them
(Fastly, Varnish's xkey and others do; a few lines translate for the rest). An asterisk
stands for everything.
"""

import logging
import urllib.request

from django.conf import settings

from ethicsforum import dispatch
from ethicsforum.page_cache.marking import KEYS

log = logging.getLogger(__name__)

PURGE = "ethicsforum.purge"
TIMEOUT = 5.0
MOST_TRIES = 6
"""Over about a minute; after that a page is as old as SHARED_CACHE_SECONDS at most."""


def ask_to_purge(keys: str) -> None:
    """Have a worker do it, if there is such a cache."""
    if settings.PURGE_URL:
        dispatch.send(PURGE, keys)


def purge(keys: str) -> None:
    """OSError when it was not taken."""
    headers = {KEYS: keys}
    if settings.PURGE_TOKEN:
        headers["Authorization"] = f"Bearer {settings.PURGE_TOKEN}"
    request = urllib.request.Request(  # noqa: S310  # the operator's own address, checked to be http(s) at start
        settings.PURGE_URL, data=b"", headers=headers, method="POST"
    )
    with urllib.request.urlopen(request, timeout=TIMEOUT):  # noqa: S310  # as above
        log.info("the cache in front was told that %s is stale", keys)
