"""What the index holds of a comment and of an article: the words readers see.

The key of a comment's document is the comment's; that of an article's is the article's
with a minus. So a kind is a range of keys, the newest have the highest number, and
writing a document twice writes one row.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from articles.models import Article
from comments.models import Comment, SearchDocument
from comments.search.query import written
from comments.states import State
from ethicsforum.markup import plain_text

MOST_CHARACTERS = 100_000
"""Of one text; what comes after is not found."""

SAID = ("article_id", "comment_id", "title", "text", "public_at")


def of_comment(comment: Comment) -> SearchDocument | None:
    """None unless it is public. Whether readers may see it under its article is
    asked when somebody searches."""
    revision = comment.accepted_revision
    published = comment.state == State.PUBLISHED
    if not (published and revision and comment.published_at):
        return None
    return SearchDocument(
        pk=comment.pk,
        article_id=comment.article_id,
        comment_id=comment.pk,
        text=words(plain_text(revision.html)),
        public_at=comment.published_at,
    )


def of_article(article: Article) -> SearchDocument | None:
    """Also of one that is to come: it is found when its time has."""
    if article.status == Article.Status.DRAFT or article.publish_at is None:
        return None
    text = f"{article.standfirst}\n{plain_text(article.body_html)}"
    return SearchDocument(
        pk=key_of_article(article.pk),
        article_id=article.pk,
        title=words(article.title)[:200],
        text=words(text),
        public_at=article.publish_at,
    )


def key_of_article(pk: int) -> int:
    return -pk


def words(text: str) -> str:
    return written(text[:MOST_CHARACTERS]).strip()


def write(documents: Iterable[SearchDocument]) -> None:
    SearchDocument.objects.bulk_create(
        documents,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["title", "text", "public_at"],
    )


def drop(keys: Iterable[int]) -> None:
    SearchDocument.objects.filter(pk__in=keys).delete()


def differences(
    wanted: Mapping[int, SearchDocument | None], there: Mapping[int, SearchDocument]
) -> Iterator[tuple[int, str]]:
    """The key of each document that is not as it should be, and what is wrong."""
    for key in sorted({*wanted, *there}):
        should, stands = wanted.get(key), there.get(key)
        if should and not stands:
            yield key, "missing"
        elif stands and not should:
            yield key, "superfluous"
        elif should and stands and _said(should) != _said(stands):
            yield key, "different"


def _said(document: SearchDocument) -> tuple[Any, ...]:
    return tuple(getattr(document, name) for name in SAID)
