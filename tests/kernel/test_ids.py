"""Ids from outside."""

import pytest

from ethicsforum.ids import as_id


@pytest.mark.parametrize(("raw", "pk"), [("7", 7), ("007", 7), ("9" * 18, 10**18 - 1)])
def test_ascii_digits_that_fit(raw: str, pk: int) -> None:
    assert as_id(raw) == pk


@pytest.mark.parametrize("raw", ["", "-1", "1.0", " 1", "1\n", "٣", "²", "9" * 19, "x"])
def test_anything_else_is_none(raw: str) -> None:
    assert as_id(raw) is None
