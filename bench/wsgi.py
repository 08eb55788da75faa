"""Django without the page cache in front: each page is made anew."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ethicsforum.settings")
application = get_wsgi_application()
"""What a reader waits for when nobody has asked for a page before."""
