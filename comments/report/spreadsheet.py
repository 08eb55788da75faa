"""CSV (RFC 4180) that a table program reads as data and never as a formula. Pure."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

FORMULA = (*"=+-@", *"＝＋－＠", "\t", "\r", "\n")  # wide signs are meant
"""What a cell begins with that is calculated, not shown; some programs read the wide
signs of East Asian keyboards as the others."""


def csv_of(rows: Iterable[Sequence[object]]) -> str:
    out = StringIO()
    csv.writer(out).writerows([neutral(cell) for cell in row] for row in rows)
    return out.getvalue()


def neutral(cell: object) -> object:
    """A text that would be calculated gets an apostrophe in front."""
    if isinstance(cell, str) and cell.startswith(FORMULA):
        return f"'{cell}"
    return cell
