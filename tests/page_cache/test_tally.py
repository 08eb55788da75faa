"""What the page cache did, counted as plain numbers."""

from dataclasses import replace

import pytest

from ethicsforum.page_cache import tally as tallying
from ethicsforum.page_cache.tally import Tally
from tests.page_cache.web import Site, Web


@pytest.fixture
def since() -> Tally:
    return replace(tallying.tally)


def more(since: Tally) -> Tally:
    now = tallying.tally
    return Tally(
        now.hit - since.hit,
        now.miss - since.miss,
        now.passed - since.passed,
        now.not_modified - since.not_modified,
    )


def test_a_page_is_made_once_and_then_a_hit(since: Tally) -> None:
    web = Web(Site())
    for _ in range(3):
        web.get()
    assert more(since) == Tally(hit=2, miss=1)


def test_whoever_has_the_page_is_told_that_it_is_the_same(since: Tally) -> None:
    web = Web(Site())
    etag = web.get().headers["ETag"]
    assert web.get(HTTP_IF_NONE_MATCH=etag).status.startswith("304")
    assert more(since) == Tally(hit=1, miss=1, not_modified=1)


def test_what_only_django_can_answer_is_passed_on(since: Tally) -> None:
    Web(Site()).get(HTTP_COOKIE="sessionid=abc")
    assert more(since) == Tally(passed=1)


def test_what_may_not_be_kept_is_passed_on_too(since: Tally) -> None:
    web = Web(Site(headers=[]))
    web.get()
    web.get()
    assert more(since) == Tally(passed=2)
