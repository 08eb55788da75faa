"""What this process remembers, and its ear."""

from django.conf import settings

from ethicsforum.page_cache.listening import Listener
from ethicsforum.page_cache.memory import Memory

memory = Memory(settings.PAGE_CACHE_MB * 1_000_000)
listener = Listener(settings.REDIS_URL, memory)
