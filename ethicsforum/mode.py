"""Whose site this is: local mode for one person on one machine, or one for readers."""

from ethicsforum import env

DEBUG = env.flag(
    "DJANGO_DEBUG",
    False,
    "unset: local mode; 1: local mode with Django's debug pages; 0: production",
    shown="unset",
)
LOCAL = DEBUG or not env.is_set("DJANGO_DEBUG")
HTTPS = env.flag(
    "HTTPS", not LOCAL, "readers reach the site by https", shown="1 outside local mode"
)
TRUSTED_PROXIES = env.number(
    "TRUSTED_PROXIES", 0, "how many proxies of yours stand in front", high=9
)
