"""Tells every web process what is stale, once it is committed."""

import logging
import time
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from redis.exceptions import RedisError

from ethicsforum import redis_servers
from ethicsforum.page_cache.purging import ask_to_purge

log = logging.getLogger(__name__)

CHANNEL = "ethicsforum:stale"
EVERYTHING = "*"
PAUSE = 5.0
"""Seconds to leave a server alone that did not answer."""

_rest = {"until": 0.0}


def stale(*keys: str) -> None:
    """What is made of these is no longer true, once the transaction is committed."""

    def say() -> None:
        tell(*keys)
        ask_to_purge(" ".join(keys))

    transaction.on_commit(say, robust=True)


def everything_is_stale_after(model: type[Model]) -> None:
    """For what is rarely changed and named on many pages."""

    def changed(sender: type[Model], **kwargs: Any) -> None:
        if not kwargs.get("raw"):
            stale(EVERYTHING)

    for signal in (post_save, post_delete, m2m_changed):
        # Not weakly: nobody else holds this function.
        signal.connect(changed, sender=model, weak=False)


def tell(*keys: str) -> bool:
    """False when Redis is away: then nobody listens, and answers are kept for half a
    second only."""
    if time.monotonic() < _rest["until"]:
        return False
    try:
        server = redis_servers.client(settings.REDIS_URL)
        server.publish(CHANNEL, " ".join(keys))
    except (RedisError, OSError) as error:
        _rest["until"] = time.monotonic() + PAUSE
        log.warning("nobody told that %s is stale: %s", " ".join(keys), error)
        return False
    return True
