"""Prints what docs/privacy.md says of the data: made of what the apps declare."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import override

from ethicsforum.accounts.privacy.registry import holdings
from ethicsforum.accounts.privacy.retention import retentions

PERIODS = ("what", "goes", "why it is kept so long")
HOLDINGS = ("what", "table and link", "exported", "when the person leaves", "why")


class Command(BaseCommand):
    help = "Print the tables of docs/privacy.md: periods, and what is personal."

    def handle(self, *args: Any, **options: Any) -> None:
        with override("en"):
            self.stdout.write("\n".join([*_periods(), "", *_holdings()]))


def _periods() -> Iterator[str]:
    yield from _head(PERIODS)
    for each in sorted(retentions(), key=lambda each: str(each.what)):
        yield _line([each.what, each.ends, each.why])


def _holdings() -> Iterator[str]:
    yield from _head(HOLDINGS)
    for each in sorted(holdings(), key=lambda each: each.key):
        said = "yes" if each.fields else "no"
        yield _line([each.what, f"`{each.key}`", said, each.end.label, each.why])


def _head(names: Iterable[str]) -> Iterator[str]:
    yield _line(names)
    yield _line("---" for _name in names)


def _line(cells: Iterable[Any]) -> str:
    return f"| {' | '.join(str(cell) for cell in cells)} |"
