"""What a page costs in calls of functions: the same for a few comments and for many.

Not in time, which wanders; a call more in a loop over comments shows here.
"""

import cProfile
import pstats
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from ethicsforum.accounts.models import User
from ethicsforum.page_cache import here
from tests import build, cast
from tests.comments.reading.build import HERE, grow

pytestmark = pytest.mark.django_db
# PostgreSQL's library writes parameters into queries in Python.
VISITORS, MEMBERS = {"sqlite": (9_000, 19_000)}.get(connection.vendor, (15_000, 29_000))
POSTS = 14_000
ABOUT = 1.05


@pytest.fixture(autouse=True)
def _told(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a process that hears what is stale."""
    monkeypatch.setattr(here.listener, "good_until", float("inf"))


def calls(deed: Callable[[], object]) -> int:
    """Of functions, those of C too; the fewest of three, once all is kept."""
    for _ in range(2):
        deed()
    found = []
    for _ in range(3):
        profile = cProfile.Profile()
        profile.runcall(deed)
        found.append(int(pstats.Stats(profile).total_calls))  # type: ignore[attr-defined]  # typeshed leaves it out
    return min(found)


def filled(slug: str, roots: int) -> str:
    article = build.article(slug)
    for _ in range(roots):
        grow([None, *[0] * 7], article)
    return article.get_absolute_url()


@pytest.mark.parametrize(
    ("name", "most"), [(None, VISITORS), ("Zoe", MEMBERS)], ids=["visitor", "member"]
)
def test_a_page_costs_the_same_under_a_few_and_under_many(
    client: Client, name: str | None, most: int
) -> None:
    if name:
        client.force_login(cast.member(name))
    few, many = filled("few", 21), filled("many", 60)
    cheap = calls(lambda: client.get(few))
    dear = calls(lambda: client.get(many))
    assert dear <= min(most, cheap * ABOUT)


def test_a_post_costs_little(client: Client, ben: User) -> None:
    build.article()
    client.force_login(ben)
    numbers = iter(range(100))
    address = f"{HERE}comments/"

    def post() -> None:
        body = f"A thought of **its own**, number {next(numbers)}."
        assert client.post(address, {"body": body}).status_code == 302

    assert calls(post) <= POSTS
