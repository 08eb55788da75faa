"""GET /search/"""

import logging

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comments.search import TooSlow, engine_of, finding
from tests import build, cast

pytestmark = pytest.mark.django_db


def page(client: Client, **asked: str) -> str:
    response = client.get("/search/", asked)
    assert response.status_code == 200
    return response.content.decode()


def test_without_words_there_is_the_field(client: Client) -> None:
    html = page(client)
    assert 'role="search"' in html
    assert "autofocus" in html
    assert "search-results" not in html


def test_every_page_leads_to_it(client: Client) -> None:
    assert 'href="/search/"' in client.get("/rules/").content.decode()


def test_what_is_found_has_its_title_author_and_address(client: Client) -> None:
    article = build.article(title="On triage", byline="A. Writer", body="Who waits?")
    comment = build.published(body="Triage by lot.", under=article)
    html = page(client, q="triage")
    assert f'<a href="{article.get_absolute_url()}">On <mark>triage</mark></a>' in html
    assert "By A. Writer" in html
    assert (
        f'<a href="/comments/{comment.pk}/"><bdi>Ben</bdi> on “On triage”</a>' in html
    )
    assert "<mark>Triage</mark> by lot." in html
    assert "2 found" in html


def test_a_comment_of_somebody_who_left_has_no_name(client: Client) -> None:
    comment = build.published(body="Triage by lot.")
    cast.ben().delete()
    assert "former member" in page(client, q="lot")
    assert comment.pk


def test_one_kind_can_be_chosen(client: Client) -> None:
    build.article(body="On triage.")
    build.published(body="Triage by lot.")
    html = page(client, q="triage", kind="comments")
    assert "1 found" in html
    assert 'name="kind" value="comments"' in html
    assert 'href="?q=triage&amp;kind=articles"' in html
    assert "2 found" in page(client, q="triage", kind="nonsense")


def test_what_is_typed_is_shown_as_text_everywhere(client: Client) -> None:
    html = page(client, q='"><script>alert(1)</script>&kind=x')
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html
    assert "q=%22%3E%3Cscript%3Ealert%281%29%3C%2Fscript%3E%26kind%3Dx" in html


def test_nothing_found_says_what_to_try(client: Client) -> None:
    assert "Try fewer words" in page(client, q="okapi")
    assert '<a href="?q=okapi">everything</a>' in page(
        client, q="okapi", kind="articles"
    )
    assert "no word in this" in page(client, q="?!")
    assert "in nearly every text" in page(client, q="who is the")
    assert "only the first ones" in page(client, q="x" * 300)


def test_a_search_that_takes_too_long_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(*args: object) -> None:
        raise TooSlow

    monkeypatch.setattr(engine_of(connection), "best", slow)
    assert "took too long" in page(client, q="okapi")


def test_pages_lead_to_each_other(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "PAGE", 1)
    monkeypatch.setattr(finding, "MOST", 2)
    for number in range(3):
        build.published(body=f"Triage, {number}.", author=cast.ann())
    first = page(client, q="triage", kind="comments")
    assert "More than 200 found" in first
    assert 'rel="next" href="?q=triage&amp;kind=comments&amp;page=2"' in first
    assert 'rel="prev"' not in first
    second = page(client, q="triage", kind="comments", page="2")
    assert 'rel="prev" href="?q=triage&amp;kind=comments"' in second
    assert 'rel="next"' not in second


@pytest.mark.parametrize("number", ["0", "11", "x", "-1", "9" * 30, "²", ""])
def test_a_page_that_there_is_not(client: Client, number: str) -> None:
    build.published(body="Triage.")
    asked = {"q": "triage", "page": number}
    assert client.get("/search/", asked).status_code == 404


def test_a_page_beyond_the_last(client: Client) -> None:
    assert client.get("/search/?q=okapi&page=2").status_code == 404


def test_no_robot_and_no_cache_keeps_it(client: Client) -> None:
    response = client.get("/search/", {"q": "triage"})
    assert response["X-Robots-Tag"] == "noindex"
    assert 'name="robots" content="noindex"' in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_it_is_only_read(client: Client) -> None:
    assert client.post("/search/", {"q": "triage"}).status_code == 405


def test_what_is_typed_is_not_logged(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    page(client, q="okapi")
    client.get("/search/?q=okapi&page=99")
    assert "okapi" not in caplog.text


def test_the_number_of_queries_is_fixed(client: Client) -> None:
    build.published(body="Triage.")
    page(client, q="triage")
    with CaptureQueriesContext(connection) as few:
        page(client, q="triage")
    for number in range(5):
        build.published(body=f"Triage {number}.", author=cast.ann())
    with CaptureQueriesContext(connection) as many:
        page(client, q="triage")
    assert len(few) == len(many)
    assert len(many) <= 10
