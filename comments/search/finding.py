"""One page of what is found: articles and comments that everybody may read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import connection
from django.utils.safestring import SafeString

from comments.models import SearchDocument
from comments.search import Kind, TooSlow, engine_of
from comments.search.query import Query
from comments.search.snippets import in_full, snippet

PAGE = 20
PAGES = 10
MOST = PAGE * PAGES


@dataclass(frozen=True)
class Result:
    document: SearchDocument
    title: SafeString
    snippet: SafeString

    @property
    def url(self) -> str:
        of = self.document.comment or self.document.article
        return of.get_absolute_url()


@dataclass(frozen=True)
class Found:
    results: Sequence[Result] = ()
    count: int = 0
    """At most MOST; `more` says whether there are others."""
    more: bool = False
    further: bool = False
    """Whether there is a next page."""
    too_slow: bool = False


def find(query: Query, kinds: Sequence[Kind] = (), page: int = 1) -> Found:
    if not query.terms:
        return Found()
    try:
        keys = engine_of(connection).best(
            query, SearchDocument.objects.visible(), kinds or tuple(Kind), MOST + 1
        )
    except TooSlow:
        return Found(too_slow=True)
    here = keys[:MOST][(page - 1) * PAGE : page * PAGE]
    return Found(
        results=list(_results(query, here)),
        count=min(len(keys), MOST),
        more=len(keys) > MOST,
        further=min(len(keys), MOST) > page * PAGE,
    )


def _results(query: Query, keys: Sequence[int]) -> Iterator[Result]:
    # Asked again: in between, a decision may have taken one down.
    rows = SearchDocument.objects.visible().select_related(
        "article", "comment__article", "comment__author"
    )
    documents = rows.in_bulk(keys)
    found = [documents[key] for key in keys if key in documents]
    marked = engine_of(connection).marked(query, found) if found else {}
    for document in found:
        title, text = marked.get(document.pk, (document.title, document.text))
        yield Result(document, in_full(title), snippet(text))
