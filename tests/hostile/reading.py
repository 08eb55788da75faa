"""What may stand in a page, read by two parsers that know nothing of each other.

The page is made of the site's own elements, whose addresses lead to the site or are
links for people; nothing in it runs but the site's own files.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from bleach._vendor import html5lib
from django.conf import settings

from tests.hostile.payloads import MARK

NEVER = frozenset(
    [
        "animate",
        "applet",
        "base",
        "embed",
        "foreignobject",
        "frame",
        "frameset",
        "iframe",
        "marquee",
        "math",
        "noembed",
        "object",
        "param",
        "plaintext",
        "portal",
        "set",
        "style",
        "xmp",
    ]
)
LINKS = re.compile(r"(?:https?://|mailto:|\.\./|[/?#])(?!/)", re.IGNORECASE)
HEADERS = [
    {"http-equiv": "refresh", "content": "3"},
    {
        "http-equiv": "Content-Security-Policy",
        "content": "default-src 'none'; style-src 'unsafe-inline'",
    },
]
NO_ICON = ("icon", "data:,")
SCRIPTS = ("/static/", "/admin/jsi18n/")
LOADS = re.compile(rf"(?:/(?!/)|data:image/|\?|{re.escape(settings.SITE_URL)}/)")
LOADED = frozenset({"src", "srcset", "poster", "data", "background"})
ASKED = frozenset(f"data-hx-{verb}" for verb in ("get", "post", "put", "delete"))
SENT = frozenset({"action", "formaction"}) | ASKED
DATA = frozenset({"application/ld+json", "application/json"})
Element = tuple[str, dict[str, str]]


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def plain_reading(html: str) -> list[Element]:
    parser = _Elements()
    parser.feed(html)
    parser.close()
    return parser.found


def browsers_reading(html: str) -> list[Element]:
    """By the algorithm of the HTML standard, as browsers do."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    return [
        (element.tag.rpartition("}")[2], {str(k): v for k, v in element.items()})
        for element in tree.iter()
        if isinstance(element.tag, str)
    ]


def faults(html: str, stands_alone: bool = False) -> list[str]:
    """A mail or a file stands alone: its styles are in it."""
    readings = (plain_reading(html), browsers_reading(html))
    return [fault for read in readings for fault in _faults(read, stands_alone)]


def faults_in_plain_reading(html: str) -> list[str]:
    """By one parser only, which is the quick one."""
    return list(_faults(plain_reading(html), stands_alone=False))


def _faults(elements: list[Element], stands_alone: bool) -> Iterator[str]:
    for tag, attrs in elements:
        for fault in _faults_of(tag.lower(), attrs, stands_alone):
            yield f"<{tag} {attrs}>: {fault}"


def _faults_of(tag: str, attrs: dict[str, str], stands_alone: bool) -> Iterator[str]:
    if MARK in tag or tag in (NEVER - {"style"} if stands_alone else NEVER):
        yield "no such element here"
    if tag == "script" and not _is_own_script(attrs):
        yield "a script of somebody's"
    if tag == "meta" and "http-equiv" in attrs and attrs not in HEADERS:
        yield "a header in the page"
    if (attrs.get("rel"), attrs.get("href")) == NO_ICON:
        return
    for name, value in attrs.items():
        yield from _faults_in(tag, name.lower(), value.strip(), stands_alone)


def _is_own_script(attrs: dict[str, str]) -> bool:
    return attrs.get("src", "").startswith(SCRIPTS) or attrs.get("type") in DATA


def _faults_in(tag: str, name: str, value: str, stands_alone: bool) -> Iterator[str]:
    if MARK in name or name.startswith(("on", "hx-on", "data-hx-on")):
        yield f"the attribute {name}"
    if name == "style" and not stands_alone:
        yield "a style of its own"
    if name == "href" and not LINKS.match(value):
        yield "a link to nowhere safe"
    if name in LOADED | SENT and value and not LOADS.match(value):
        yield f"{name} leaves the site"
    if name.endswith("}href") or name == "xlink:href":
        # An icon that stands in the same page.
        yield from () if value.startswith("#") else ("an icon from elsewhere",)
    if name in {"srcdoc", "is", "ping"}:
        yield f"the attribute {name}"
    if name == "href" and tag == "link" and not LOADS.match(value):
        yield "loads from elsewhere"
