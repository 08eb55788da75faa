"""Every form and every query, filled with anything by whoever may send it."""

from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.conf import settings as site
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.anything import fields
from tests.hostile.reading import faults_in_plain_reading, plain_reading
from tests.permissions.scene import Known
from tests.permissions.table import Row, every_row
from tests.permissions.walking import Walker, filled, form_of

REFUSALS = {"in", "403", "404", "405"}
MEANT = {501: "no other format of oEmbed", 503: "not ready: no worker in a test"}
PEOPLE = ("member", "other", "moderator", "admin", "nobody")
pytestmark = pytest.mark.django_db
URLENCODED = "application/x-www-form-urlencoded"
ASKED = (  # noqa: SIM905  # a list would be forty lines
    "_changelist_filters _popup _to_field all article before choice comment e format"
    " hours kind maxwidth month next o p page q reply_to rule seen show since sort"
    " thread url"
).split()
"""Every name that some page reads from its address, and some that Django reads."""
SAMPLES = settings(
    derandomize=True,
    max_examples=6,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def sender(row: Row, method: str) -> str | None:
    """The first who is not refused there."""
    welcome = (p for p in PEOPLE if row.answers[method, p] not in REFUSALS)
    return next(welcome, None)


def cases(method: str) -> list[Any]:
    return [
        pytest.param(row, person, id=row.address)
        for row in every_row()
        if (person := sender(row, method))
    ]


PROVIDERS = {urlsplit(origin).netloc for origin in site.PROVIDER_ORIGINS}


def names_in(html: str) -> set[str]:
    return {attrs["name"] for _, attrs in plain_reading(html) if "name" in attrs}


def is_ours(place: str) -> bool:
    own = urlsplit(site.SITE_URL).netloc
    return "\\" not in place and urlsplit(place).netloc in {"", own, "testserver"}


def ways_on(leads_to: str) -> list[str]:
    """Where it says to go from there."""
    asked = parse_qs(urlsplit(leads_to).query)
    return [*asked.get("next", []), *asked.get("redirect_uri", [])]


def assert_sound(response: Any) -> None:
    assert response.status_code < 500 or response.status_code in MEANT
    leads_to = response.headers.get("Location", "")
    assert is_ours(leads_to) or urlsplit(leads_to).netloc in PROVIDERS
    assert all(is_ours(place) for place in ways_on(leads_to))
    if response.headers.get("Content-Type", "").startswith("text/html"):
        assert faults_in_plain_reading(response.content.decode()) == []
    others = {name: v for name, v in response.headers.items() if name != "Location"}
    assert "elsewhere.example" not in str(others)


@pytest.mark.parametrize(("row", "person"), cases("GET"))
def test_any_query(row: Row, person: str, scene: Known) -> None:
    walker = Walker(person)
    path = filled(row.address, scene).split("?")[0]

    @SAMPLES
    @given(fields([*ASKED, *form_of(urlsplit(row.address).query, scene)]))
    def ask(pairs: list[tuple[str, str]]) -> None:
        query = urlencode(pairs, errors="surrogatepass")
        assert_sound(walker.go("GET", f"{path}?{query}").response)

    ask()


@pytest.mark.parametrize(("row", "person"), cases("POST"))
def test_any_form(row: Row, person: str, scene: Known) -> None:
    walker = Walker(person)
    address = filled(row.address, scene)
    good = form_of(row.form, scene)
    page = walker.go("GET", address).response
    shown = names_in(page.content.decode()) if page.status_code == 200 else set()
    names = sorted({*good, *shown, "body", "text"} - {"csrfmiddlewaretoken"})

    @SAMPLES
    @given(fields(names), st.booleans())
    def send(pairs: list[tuple[str, str]], is_half_right: bool) -> None:
        pairs = [*good.items(), *pairs[:2]] if is_half_right else pairs
        body = urlencode(pairs, errors="surrogatepass")
        assert_sound(walker.go("POST", address, body, content_type=URLENCODED).response)

    send()
