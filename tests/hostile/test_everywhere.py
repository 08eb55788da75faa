"""Our own hostile texts, planted in every field, on everything that is served."""

import json
from xml.etree import ElementTree

import pytest

from tests.hostile.everywhere import Seen
from tests.hostile.payloads import MARK
from tests.hostile.reading import faults

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
AS_TEXT = {
    "application/atom+xml; charset=utf-8",
    "application/json",
    "application/jsonl",
    "application/xml",
    "text/csv; charset=utf-8",
    "text/plain",
    "text/plain; charset=utf-8",
    "text/plain; version=0.0.4; charset=utf-8",
}
"""What no browser takes for a page, as every answer says nosniff."""


def parsed(xml: str) -> ElementTree.Element:
    return ElementTree.fromstring(xml)  # noqa: S314  # our own output


def test_every_field_is_seen_somewhere(seen: Seen) -> None:
    missing = {name for name, mark in seen.marks.items() if mark not in seen.all_text}
    assert not missing, f"look at a page that shows it in everywhere.py: {missing}"


def test_pages_hold_nothing_but_the_sites_own(seen: Seen) -> None:
    found = [(name, fault) for name in seen.html for fault in faults(seen.html[name])]
    assert found == []


def test_mails_hold_nothing_but_the_sites_own(seen: Seen) -> None:
    found = [fault for html in seen.mails.values() for fault in faults(html, True)]
    assert found == []


def test_an_export_runs_nothing_where_it_is_opened(seen: Seen) -> None:
    """It lies on somebody's disk, where no header of ours is."""
    html = seen.mails["export"]
    assert MARK in html
    assert "default-src 'none'" in html


def test_subjects_of_mails_are_one_line(seen: Seen) -> None:
    assert seen.subjects
    assert all(len(subject.splitlines()) == 1 for subject in seen.subjects)


def test_data_is_not_served_as_a_page(seen: Seen) -> None:
    assert {kind for kind, _ in seen.data.values()} <= AS_TEXT


def test_data_is_well_formed(seen: Seen) -> None:
    for address, (kind, body) in seen.data.items():
        if "xml" in kind:
            assert parsed(body) is not None, address
        elif "jsonl" in kind:
            assert [json.loads(line) for line in body.splitlines()], address
        elif "json" in kind:
            assert json.loads(body), address


def test_feeds_hold_clean_html(seen: Seen) -> None:
    feeds = [body for kind, body in seen.data.values() if "atom" in kind]
    said = [
        summary.text or ""
        for feed in feeds
        for summary in parsed(feed).iter(f"{ATOM}summary")
    ]
    assert any(MARK in html for html in said)
    assert [html for html in said if faults(html)] == []


@pytest.mark.parametrize(
    "html",
    [
        "<p zqx>",
        "<x-zqx>",
        "<p onclick=x>",
        "<script>x</script>",
        "<script src=//zqx.example/s.js></script>",
        "<a href=javascript:x>",
        "<a href=//zqx.example>",
        "<img src=//zqx.example/x>",
        "<form action=//zqx.example>",
        "<p style=x:y>",
        "<p data-hx-get=//zqx.example>",
        '<meta http-equiv=refresh content="0;url=javascript:x">',
        "<svg><use xlink:href=//zqx.example#x></svg>",
        "<iframe></iframe>",
        "<link rel=stylesheet href=//zqx.example>",
        "<base href=/x>",
    ],
)
def test_the_reading_sees_a_fault(html: str) -> None:
    assert faults(html)
    assert faults(f"<!doctype html><body>{html}")
