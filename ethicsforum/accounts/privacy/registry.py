"""What is personal: one line for each way in which a table leads to a person.

Each app declares its own in a module named `personal`. Export, deletion and the pages
about privacy are all made from these lines; a test walks every model and fails for one
that nobody has declared.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.apps import apps
from django.db.models import Model, QuerySet, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

BATCH = 200

Words: TypeAlias = str | Promise
Rows: TypeAlias = QuerySet[Any]
Erase: TypeAlias = Callable[[Any, str], int]
"""Takes the member and what becomes of the comments; deals with a batch of rows in
transactions of its own and says how many they were. 0: nothing is left to do."""


class End(TextChoices):
    """What becomes of it when the person leaves."""

    ERASED = "erased", _("deleted")
    UNLINKED = "unlinked", _("stays without your name")
    KEPT = "kept", _("stays")


@dataclass(frozen=True)
class Holding:
    """Rows of one model that belong to a person, or lead to one."""

    model: str
    link: str
    """The lookup that leads from a row to the person."""
    what: Words
    end: End
    fields: tuple[str, ...] = ()
    """What an export says of each row."""
    why: Words = ""
    """Why it is in no export, or why it stays."""
    find: Callable[[Any], Rows] | None = None
    """Where no lookup leads to the person."""
    erase: Erase | None = None
    """Where deleting or unlinking the rows is not all."""
    of_staff: bool = False
    """What only moderators and editors have."""

    @property
    def key(self) -> str:
        return f"{self.model}.{self.link}"

    def rows(self, member: Any) -> Rows:
        if self.find is not None:
            return self.find(member)
        rows: Rows = self.manager.filter(**{self.link: member})
        return rows.order_by("pk")

    def erase_some(self, member: Any, comments: str) -> int:
        """Deal with the next rows; how many they were."""
        if self.erase is not None:
            return self.erase(member, comments)
        if self.end == End.ERASED:
            return delete_some(self.rows(member))
        if self.end == End.UNLINKED:
            return change_some(self.rows(member), **{self.link: None})
        return 0

    @property
    def manager(self) -> Any:
        return _model(self.model)._base_manager


_holdings: list[Holding] = []
_last: list[Holding] = []
_impersonal: dict[str, str] = {}


def declare(*holdings: Holding, last: bool = False) -> None:
    """`last`: the account itself, which the others lead to."""
    (_last if last else _holdings).extend(holdings)


def declare_impersonal(**reasons: str) -> None:
    """Models of no person, each with why; a dot in the name is written `__`."""
    _impersonal.update((key.replace("__", "."), why) for key, why in reasons.items())


def holdings() -> list[Holding]:
    """In the order in which they are erased."""
    return [*_holdings, *_last]


def impersonal() -> dict[str, str]:
    return dict(_impersonal)


def nothing_more(member: Any, comments: str) -> int:
    """For what goes with something else."""
    return 0


def delete_some(rows: Rows) -> int:
    """A batch in one transaction, so that nobody waits for long."""
    keys = list(rows.values_list("pk", flat=True)[:BATCH])
    if keys:
        rows.model._base_manager.filter(pk__in=keys).delete()
    return len(keys)


def change_some(rows: Rows, **changes: Any) -> int:
    """The changed rows must not be found again."""
    keys = list(rows.values_list("pk", flat=True)[:BATCH])
    if keys:
        rows.model._base_manager.filter(pk__in=keys).update(**changes)
    return len(keys)


def _model(label: str) -> type[Model]:
    return apps.get_model(label)
