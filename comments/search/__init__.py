"""Finding articles and comments by their words, inside the database.

`query` reads what was typed, `documents` says what a row of the index holds, and one
of two engines does the finding: `sqlite` or `postgres`, with the same functions.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol, cast

from django.db.backends.base.base import BaseDatabaseWrapper

from comments.models import SearchDocument
from comments.models.search_document import SearchDocumentQuerySet
from comments.search.query import Query

CANDIDATES = 2000
"""Of each kind, only so many of the newest matches are ranked: a word that is in
half a million comments costs no more than a rare one."""


class Kind(StrEnum):
    ARTICLES = "articles"
    COMMENTS = "comments"


class TooSlow(Exception):
    """The database was told to give up."""


class Engine(Protocol):
    def install(self, connection: BaseDatabaseWrapper) -> None: ...

    def installed(self, connection: BaseDatabaseWrapper) -> bool: ...

    def best(
        self,
        query: Query,
        documents: SearchDocumentQuerySet,
        kinds: Sequence[Kind],
        most: int,
    ) -> list[int]:
        """The keys of the best matches among the documents, best first."""

    def marked(
        self, query: Query, found: Sequence[SearchDocument]
    ) -> dict[int, tuple[str, str]]:
        """Title and text of each, what fits the query between `snippets.MARKS`."""


def engine_of(connection: BaseDatabaseWrapper) -> Engine:
    from comments.search import postgres, sqlite

    return cast(Engine, sqlite if connection.vendor == "sqlite" else postgres)


def install(connection: BaseDatabaseWrapper) -> None:
    engine_of(connection).install(connection)
