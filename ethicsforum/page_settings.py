"""Whole pages that are kept: in each web process, and in a cache in front of it."""

from ethicsforum import env

PAGE_CACHE_MB = env.number(
    "PAGE_CACHE_MB", 32, "memory of one web process for pages", low=1, high=10_000
)
SHARED_CACHE_SECONDS = env.number(
    "SHARED_CACHE_SECONDS",
    0,
    "how long a cache in front of the site, which is told what is stale, keeps pages",
    high=86_400,
)
PURGE_URL = env.web_address(
    "PURGE_URL",
    "",
    "where that cache is told: POST with Surrogate-Key",
    shown="nowhere",
)
PURGE_TOKEN = env.text(
    "PURGE_TOKEN", "", "sent there as `Authorization: Bearer`", shown="none"
)
