"""The tables of this folder, read: who gets which answer at which address."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver, resolve

HERE = Path(__file__).parent
STAFF = ("moderator", "editor", "admin")
EYES = ("nobody", "member", "other", *STAFF)
METHODS = ("GET", "POST")
ANYTHING = {"picture": "0123456789abcdef-640.webp", "year": "2026"}


@dataclass(frozen=True)
class Row:
    address: str
    """With names of the scene in braces."""
    answers: dict[tuple[str, str], str]
    """By method and person."""
    form: str = ""
    """What is posted, percent-encoded."""

    @property
    def route(self) -> str:
        """The pattern that it is an address of."""
        path = self.address.split("?")[0]
        filled = re.sub(r"{([\w.]+)}", lambda name: ANYTHING.get(name[1], "1"), path)
        return resolve(filled).route


def read(name: str) -> list[Row]:
    return [_row(line) for line in _lines(name)]


def every_row() -> list[Row]:
    """The table, and what follows from the rights for pages it does not name."""
    own = read("table.txt")
    named = {row.route for row in own}
    return [*own, *(row for row in _by_rights() if row.route not in named)]


def routes() -> list[str]:
    """Every URL pattern of the site, as `resolve` names it."""
    return list(_walk(get_resolver().url_patterns))


def _lines(name: str) -> Iterator[list[str]]:
    """Each line's cells."""
    for line in (HERE / name).read_text().splitlines():
        if line and not line.startswith("#"):
            yield [cell.strip() for cell in line.split("|")]


def _row(cells: list[str]) -> Row:
    address, got, posted, *form = cells
    answers = {
        (method, person): word
        for method, words in zip(METHODS, (got, posted), strict=True)
        for person, word in zip(EYES, words.split(), strict=True)
    }
    return Row(address, answers, *form)


def _by_rights() -> Iterator[Row]:
    for model, *letters in _lines("rights.txt"):
        rights = dict(zip(STAFF, letters, strict=True))
        at = f"/admin/{model.replace('.', '/')}/"
        one = f"{at}{{{model}}}/"
        yield Row(at, _answers(rights, "v", "v"))
        yield Row(f"{at}add/", _answers(rights, "a", "a"))
        yield Row(one, _answers(rights, "", "", able="302"))
        yield Row(f"{one}change/", _answers(rights, "v", "c"))
        yield Row(f"{one}history/", _answers(rights, "v", "v"))
        yield Row(f"{one}delete/", _answers(rights, "d", "d"))


def _answers(
    rights: dict[str, str], get: str, post: str, able: str = "200"
) -> dict[tuple[str, str], str]:
    """Staff without the right are refused, others are led to sign in. An empty form
    comes back with what it lacks, a deletion asks first: also 200."""
    answers = {}
    for method, needed in zip(METHODS, (get, post), strict=True):
        for person in EYES:
            may = needed in rights.get(person, "")
            answers[method, person] = able if may else "403"
            if person not in STAFF:
                answers[method, person] = "in"
    return answers


def _walk(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        own = str(pattern.pattern)
        route = before + own.removeprefix("^") if before else own
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        else:
            yield route
