"""Hostile texts: a few of our own, and a corpus that is not part of the project.

Whatever in `OWN` works leaves its mark on the page: an element or attribute named
`zqx`, a call of `zqx()`, or a request to `zqx.example`.
"""

import json
from pathlib import Path

import pytest

MARK = "zqx"
CONTROLS = "\x01\x08\x0b\x1b\x7f\x85\u2028\ufffe\uffff\ue000\ue001"
OWN = [*Path(__file__).with_name("payloads.txt").read_text().splitlines(), CONTROLS]
CORPUS = Path(__file__).parents[3] / "shared" / "corpora" / "xss_dev.jsonl"
LONGEST = 300
"""What is longer tests the parser, not the escaping; see the tests of markup."""

needs_corpus = pytest.mark.skipif(
    not CORPUS.exists(), reason=f"the corpus {CORPUS.name} is absent"
)


def corpus() -> list[str]:
    rows = CORPUS.read_text(encoding="utf-8").splitlines()
    return [json.loads(row)["payload"] for row in rows]


def storable(payload: str) -> str:
    """What gets past the forms: no NUL, no lone surrogate."""
    encoded = payload.replace("\0", "").encode(errors="replace")
    return encoded.decode()[:LONGEST]
