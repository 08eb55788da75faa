"""Both caches, as they are at the start."""

from django.core.cache import caches


def forget() -> None:
    for cache in caches.all():
        cache.clear()
