"""Django without the page cache in front: each page is made anew, of what is kept."""

import os
from collections.abc import Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ethicsforum.settings")
_django = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    from ethicsforum.page_cache import here

    # As the layer in front does.
    here.listener.start()
    return _django(environ, start_response)
