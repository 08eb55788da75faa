"""The site's settings, with a folder of their own, quick hashing and plain files."""

import os
import tempfile
from pathlib import Path

# Before the site's settings are read: tests never touch the checkout's own data.
for _name in ("DJANGO_DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "REDIS_URL", "PORT"):
    os.environ.pop(_name, None)
if not os.environ.get("DATA_DIR"):
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="ethicsforum-tests-")

# Every provider is there; the browser tests run a site that has none.
for _name in ("GOOGLE", "GITHUB", "OIDC"):
    os.environ[f"{_name}_CLIENT_ID"] = os.environ[f"{_name}_CLIENT_SECRET"] = "tests"
# As for readers, and for the processes that tests start.
os.environ["LIMITS_PERCENT"] = "100"
os.environ |= {"OIDC_URL": "http://127.0.0.1:9", "OIDC_NAME": "The University"}

from ethicsforum.settings import *  # noqa: E402, F403  # after the environment, and all of it

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT = Path(os.environ["DATA_DIR"]) / "no-static-files"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {
    name: {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": name,
    }
    for name in ("default", "quick")
}
