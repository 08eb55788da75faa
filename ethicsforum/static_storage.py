from typing import Any

from django.conf import settings
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # WhiteNoise says no types
    """Brotli at its best takes ten seconds for the admin's files: a deployment pays
    that once, a first `make run` on a laptop need not."""

    def create_compressor(self, **kwargs: Any) -> Compressor:
        return Compressor(use_brotli=not settings.LOCAL, **kwargs)
