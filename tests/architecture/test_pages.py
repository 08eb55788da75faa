"""No page is forgotten by the tests that look at all of them."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver, resolve

from tests.pages import NO_PAGE, PAGES

ROOT = Path(__file__).parents[2]
ADMIN = "admin"


def names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    """Of all addresses outside the admin, with their name spaces."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"
        elif pattern.app_name != ADMIN:
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from names(pattern.url_patterns, space + inner)


def shown() -> set[str]:
    """Names of the addresses that are in the table of pages."""
    addresses = {re.sub(r"{\w+}", "2020", page.address) for page in PAGES}
    found = set()
    for address in addresses - {"/no-such-page/"}:
        found.add(resolve(address.split("?")[0]).view_name)
    return found


def test_every_address_is_in_the_table_or_exempt() -> None:
    missing = set(names(get_resolver().url_patterns)) - shown() - set(NO_PAGE)
    assert not missing, (
        f"add it to PAGES, or to NO_PAGE with why, in tests/pages.py: {missing}"
    )


def test_nothing_is_exempt_that_is_shown_or_gone() -> None:
    assert not set(NO_PAGE) & shown()
    assert set(NO_PAGE) <= set(names(get_resolver().url_patterns))


def test_times_for_machines_are_valid() -> None:
    """`date:"c"` writes six digits after the second; HTML allows three. `|iso` is
    known in every template."""
    for path in (ROOT / "templates").rglob("*.html"):
        found = re.search(r"""datetime="{{[^}]*date:['"]c""", path.read_text())
        assert not found, path


def test_attributes_of_htmx_are_valid() -> None:
    """htmx reads `data-hx-get` as it reads `hx-get`; HTML allows only the former."""
    for path in (ROOT / "templates").rglob("*.html"):
        found = re.search(r"""[\s"']hx-[a-z-]+=""", path.read_text())
        assert not found, f"{path}: write data-hx-…"
