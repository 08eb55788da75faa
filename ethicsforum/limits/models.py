"""Two tables that are small, short-lived, and hold nobody's name or address."""

from django.db import models


class Bucket(models.Model):
    """How full one member's or one address's limit is; see `rows`."""

    key = models.CharField(max_length=60, primary_key=True)
    empty_at = models.BigIntegerField()
    """Microseconds since the epoch."""

    def __str__(self) -> str:
        return self.key


class CacheEntry(models.Model):
    """What Django's database cache keeps, in the columns that it expects."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.cache_key
