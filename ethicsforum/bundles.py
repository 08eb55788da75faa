"""One style sheet and one script for the site, put together from small files.

A reader on a phone pays for each request; whoever works on the house wants a file a
concern. So the parts below are joined in their order when static files are collected
or served: no build tool, and nothing generated in the repository.
"""

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from threading import get_ident
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

STYLES = [
    "css/reset.css",
    "css/tokens.css",
    "css/base.css",
    "css/layout.css",
    "css/components/controls.css",
    "css/components/boxes.css",
    "css/components/articles.css",
    "css/components/discussion.css",
    "css/components/live.css",
    "css/components/writing.css",
    "css/components/attention.css",
    "css/components/moderation.css",
    "css/components/records.css",
    "css/components/privacy.css",
    "css/components/search.css",
    "css/components/account.css",
    "css/utilities.css",
]
SCRIPTS = [
    "js/parts/menus.js",
    "js/parts/contents.js",
    "js/parts/theme.js",
    "js/parts/times.js",
    "js/parts/news.js",
    "js/parts/live.js",
    "js/parts/own.js",
    "js/parts/writing.js",
    "js/parts/drafts.js",
    "js/parts/replying.js",
    "js/parts/mentions.js",
    "js/parts/toggles.js",
    "js/parts/replies.js",
    "js/parts/passkeys.js",
]
PASSKEYS = [
    # django-allauth's, for the pages where somebody uses a passkey.
    "mfa/js/webauthn-json.js",
    "mfa/js/webauthn.js",
    "account/js/onload.js",
]
BUNDLES = {"css/site.css": STYLES, "js/site.js": SCRIPTS, "js/passkeys.js": PASSKEYS}


class BundleFinder(BaseFinder):
    """Finds the joined files, made anew whenever one of their parts is."""

    def find(self, path: str, find_all: bool = False, **options: Any) -> Any:
        if path not in BUNDLES:
            return []
        found = str(_made(path))
        return [found] if find_all else found

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        for path in BUNDLES:
            _made(path)
            yield path, FileSystemStorage(location=str(_folder()))


def joined(path: str) -> str:
    parts = [Path(_source(part)).read_text() for part in BUNDLES[path]]
    if path.endswith(".js"):
        # A block of its own each: what one part declares is no other part's name.
        parts = ["{\n" + part + "}\n" for part in parts]
    return "".join(parts)


def _made(path: str) -> Path:
    """The joined file, written only when it changed: its time stamp says so."""
    target = _folder() / path
    text = joined(path)
    if not target.exists() or target.read_text() != text:
        target.parent.mkdir(parents=True, exist_ok=True)
        # Two processes may do this at once; each puts a whole file in place.
        fresh = target.with_suffix(f".{os.getpid()}-{get_ident()}")
        fresh.write_text(text)
        fresh.replace(target)
    return target


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "bundles"


@lru_cache
def _source(part: str) -> str:
    found = finders.find(part)
    if not isinstance(found, str):
        message = f"{part} stands in a bundle and is nowhere"
        raise FileNotFoundError(message)
    return found
