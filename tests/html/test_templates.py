"""Every template of the site took part when the pages were made."""

from pathlib import Path

import pytest
from django.conf import settings

from tests.pages import Rendered

pytestmark = pytest.mark.django_db
FOLDER = Path(settings.BASE_DIR) / "templates"
NOT_SHOWN = {
    "comments/arrivals.html": "a part of a page that is open",
    "comments/part.html": "a part of a page that is open",
    "comments/_spoken.html": "in a part only, once the queue has spoken",
    "account/snippets/warn_no_email.html": "every member has an address",
    "comments/notice/report-received.html": "a receipt goes to people without account",
}
"""Names of templates that no page of the table needs, each with why."""


def written() -> set[str]:
    """All outside the admin, which has its own tests, and allauth's elements: they
    draw those of its pages that this site has not redrawn, and has not switched on."""
    paths = (path.relative_to(FOLDER) for path in FOLDER.rglob("*.html"))
    return {
        str(path)
        for path in paths
        if path.parts[0] != "admin" and path.parts[:2] != ("allauth", "elements")
    }


def test_every_template_is_shown(rendered: Rendered) -> None:
    missing = written() - rendered.templates - set(NOT_SHOWN)
    assert not missing, (
        f"show it by a page of tests/pages.py, or say why not: {missing}"
    )


def test_nothing_is_left_out_that_is_shown_or_gone(rendered: Rendered) -> None:
    assert not set(NOT_SHOWN) & rendered.templates
    assert set(NOT_SHOWN) <= written()
