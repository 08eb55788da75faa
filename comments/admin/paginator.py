from typing import Any

from django.core.paginator import Paginator
from django.utils.functional import cached_property

MOST_ROWS = 500
"""Nobody pages further; to count all that waits would cost more than to read a page."""


class CappedPaginator(Paginator[Any]):
    """Pages over the first rows alone; the database stops counting there."""

    @cached_property
    def _found(self) -> int:
        rows: Any = self.object_list
        return int(rows[: MOST_ROWS + 1].count())

    @cached_property
    def count(self) -> int:
        return min(self._found, MOST_ROWS)

    @property
    def is_capped(self) -> bool:
        return self._found > MOST_ROWS
