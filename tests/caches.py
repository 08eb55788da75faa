"""Everything that is kept in memory, as it is at the start."""

from django.core.cache import caches

from ethicsforum.page_cache import here


def forget() -> None:
    here.memory.clear()
    for cache in caches.all():
        cache.clear()
