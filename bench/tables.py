"""Figures as lines of text: the first column to the left, the others to the right."""

from collections.abc import Sequence

Cells = Sequence[str]


def columns(headings: Cells, rows: Sequence[Cells]) -> str:
    widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]
    return "\n".join(_line(row, widths) for row in (headings, *rows))


def _line(cells: Cells, widths: Sequence[int]) -> str:
    first, *rest = zip(cells, widths, strict=True)
    line = "  ".join([first[0].ljust(first[1]), *(c.rjust(w) for c, w in rest)])
    return line.rstrip()
