"""What people and programs send that no form has asked for."""

from hypothesis import strategies as st

from tests.hostile.payloads import OWN

ODD = [
    "",
    " ",
    "\0",
    "\x1b[31m",
    "\ud800",
    "�",
    "\u202e",
    "on",
    "None",
    "null",
    "NaN",
    "Infinity",
    "1e999",
    "-1",
    "0",
    "1",
    "１",
    "²",
    str(2**31),
    str(2**63),
    "9" * 500,
    "2026-13-45",
    "9999-12-31T23:59:59+14:00",
    "0001-01-01",
    "[]",
    '{"a": 1}',
    "{0.__class__}",
    "%(a)s %s %",
    "%00",
    "a" * 20_000,
    "e\u0301" * 200,
    "../../etc/passwd",
    "http://[bad",
    "//elsewhere.example",
    "https://elsewhere.example/",
    "/\\elsewhere.example",
    "x\r\nSet-Cookie: a=b",
    '"a b"@example.org',
    "a@b",
    "' OR 1=1 --",
    "(((((a+)+)+)+)+)!",
    "@" * 300,
    "> " * 300,
    *OWN,
]

texts = st.one_of(st.sampled_from(ODD), st.text(max_size=60))
"""With lone surrogates now and then: bytes that are no UTF-8."""


def fields(names: list[str]) -> st.SearchStrategy[list[tuple[str, str]]]:
    """Some of the fields, in any order, some of them twice."""
    pair = st.tuples(st.sampled_from(names), texts)
    return st.lists(pair, min_size=1, max_size=2 * len(names) + 2)
