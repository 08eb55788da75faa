"""One page of the table in `pages`, or in a module beside it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.test import Client

STRANGER, ANN, BEN, CLEO = "stranger", "Ann", "Ben", "Cleo"
Fields = dict[str, Any]


@dataclass(frozen=True)
class Page:
    address: str
    by: str = STRANGER
    post: Fields | None = None
    status: int = 200
    before: Callable[[Client], Any] | None = None
    """What its reader does first; may answer with more for the address."""
    is_part: bool = False
    """Asked for by htmx, and shown in a page that is empty but for it."""

    def file_name(self, number: int) -> str:
        """Tells which page it is when the checker complains."""
        name = f"{number:02} {self.by} {'' if self.post is None else 'POST'}"
        before = self.before.__name__ if self.before else ""
        return re.sub(r"\W+", "-", f"{name}{self.address}{before}").strip("-")
