"""axe on every page of the table, in both schemes, narrow and wide.

The pages are made by Django's test client, so that forms with errors and pages after
a long way are among them; Chromium gets them from memory, with the site's own styles
and scripts.
"""

import mimetypes
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from tests.pages import Rendered

pytest.importorskip("axe_playwright_python", reason="it is in requirements/dev.txt")
import axe_playwright_python as axe  # after the check for it
from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.django_db
AXE = (Path(axe.__file__).parent / "axe.min.js").read_text()
HOST = "http://forum.test"
RUN = """rules => axe.run(document, {
  resultTypes: ["violations"],
  ...(rules && { runOnly: { type: "rule", values: rules } }),
}).then(({ violations }) => violations.map(({ id, help, nodes }) =>
  `${id}: ${help}: ${nodes[0].target}: ${nodes[0].html.slice(0, 200)}`))"""
COLOURS = ["color-contrast"]
LOOKS: list[tuple[int, Any, list[str] | None]] = [
    (390, "light", None),
    (390, "dark", COLOURS),
    (1280, "dark", None),
    (1280, "light", COLOURS),
]
"""Width, scheme, and the rules that can say something new there; None: all."""


def from_memory(html: dict[str, str]) -> Callable[[Route], None]:
    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(f"{HOST}/")
        if path in html:
            route.fulfill(body=html[path], content_type="text/html; charset=utf-8")
        elif found := _static(path):
            kind = mimetypes.guess_type(path)[0] or ""
            route.fulfill(body=Path(found).read_bytes(), content_type=kind)
        else:
            route.fulfill(status=404)

    return answer


def _static(path: str) -> Any:
    prefix = settings.STATIC_URL.strip("/") + "/"
    return finders.find(path.removeprefix(prefix)) if path.startswith(prefix) else None


def look_at(page: Page, name: str) -> list[str]:
    page.goto(f"{HOST}/{name}")
    # A colour on its way from one scheme to the other is neither's.
    page.add_style_tag(content="* { transition: none !important }")
    page.evaluate(AXE)
    found = []
    for width, scheme, rules in LOOKS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        look = f"{name} at {width} px, {scheme}"
        found += [f"{look}: {said}" for said in page.evaluate(RUN, rules)]
    return found


def test_every_page_is_accessible(rendered: Rendered, chromium: Browser) -> None:
    page = chromium.new_page()
    page.route("**", from_memory(rendered.html))
    complaints = [line for name in rendered.html for line in look_at(page, name)]
    page.close()
    assert not complaints, "\n" + "\n".join(complaints)
