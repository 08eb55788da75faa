"""Whom one can call by name in a discussion."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef

from articles.models import Article
from comments.models import Comment
from ethicsforum.accounts.names import name_key

MOST = 8
LONGEST = 40


def names_to_call(article: Article, begin: str, *, caller: Any) -> list[str]:
    """Of those whose comments are public there; nobody learns who else is a member."""
    # No name has a NUL, and PostgreSQL takes none.
    if "\x00" in begin:
        return []
    key = name_key(begin[:LONGEST]) if begin.strip() else ""
    written = Comment.objects.published().filter(article=article, author=OuterRef("pk"))
    people = get_user_model().objects.filter(
        Exists(written), is_active=True, username_key__startswith=key
    )
    others = people.exclude(pk=caller.pk).order_by("username_key")
    return list(others.values_list("username", flat=True)[:MOST])
