from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from comments.states import State
from comments.threads import END

ONCE_ACCEPTED = [State.PUBLISHED, State.REMOVED]
NEVER_ACCEPTED = [State.SCREENING, State.REJECTED]
HIDDEN = Q(published_at__isnull=False, state=State.HELD)
"""Was public, and a moderator has yet to read what was reported about it."""


def _readable() -> Any:
    """The articles whose discussion everybody can read."""
    hidden = Article.Discussion.HIDDEN
    return Article.objects.published().exclude(discussion=hidden)


class CommentQuerySet(models.QuerySet["Comment"]):
    def published(self) -> Self:
        return self.filter(state=State.PUBLISHED)

    def public(self) -> Self:
        """What everybody can read now: no tombstones, no closed rooms."""
        return self.published().filter(article__in=_readable())

    def roots(self) -> Self:
        """Those that answer the article itself."""
        return self.filter(parent=None)

    def below(self, path: str | OuterRef) -> Self:
        """All that answers the comment with this path, at any depth."""
        literal = isinstance(path, str)
        end = path + END if literal else Concat(path, Value(END))
        return self.filter(path__gt=path, path__lt=end)

    def in_discussion(self, article: Article, viewer: Any) -> Self:
        """What the viewer finds under the article, tombstones included.

        A withdrawn comment that nobody answered has nothing to say: it is left out
        here, so that no page and no count is short of it.
        """
        shown = self.filter(_shown_to(viewer), article=article)
        said = Comment.objects.filter(_shown_to(viewer), article=article)
        answers = said.exclude(state=State.WITHDRAWN).below(OuterRef("path"))
        return shown.exclude(Q(state=State.WITHDRAWN) & ~Exists(answers))

    def visible_to(self, viewer: Any) -> Self:
        """One's own comments, and what everybody can see."""
        shown = Q(published_at__isnull=False, article__in=_readable())
        if viewer.is_authenticated:
            shown |= Q(author=viewer)
        return self.filter(shown)

    def unannounced(self, before: datetime) -> Self:
        """Published before then, and nobody was told."""
        out = self.published().filter(published_at__lt=before)
        return out.filter(announced_at__isnull=True)

    def before(self, place: "Comment | None") -> Self:
        """Newest first, from the one written before that place on."""
        rows = self.order_by("-created_at", "-pk")
        if place is None:
            return rows
        same = Q(created_at=place.created_at, pk__lt=place.pk)
        return rows.filter(Q(created_at__lt=place.created_at) | same)

    def written_since(self, author: Any, moment: datetime) -> Self:
        return self.filter(author=author, created_at__gte=moment)


def _shown_to(viewer: Any) -> Q:
    tombstones = Q(state__in=[State.REMOVED, State.WITHDRAWN, State.HELD])
    shown = Q(state=State.PUBLISHED) | (tombstones & Q(published_at__isnull=False))
    if viewer.is_authenticated:
        shown |= Q(author=viewer, state__in=[*NEVER_ACCEPTED, State.HELD])
    return shown


class Comment(models.Model):
    """A place in a discussion. Its texts are revisions; see `deciding` for `state`."""

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, verbose_name=_("article")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        verbose_name=_("author"),
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replies",
        verbose_name=_("answers"),
    )
    path = models.CharField(max_length=440, editable=False, default="")
    depth = models.PositiveSmallIntegerField(editable=False, default=0)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.SCREENING
    )
    accepted_revision = models.ForeignKey(
        "Revision", on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    published_at = models.DateTimeField(_("first published"), null=True)

    announced_at = models.DateTimeField(null=True, editable=False)
    """When those who want to hear of it were told; see `announcing`."""
    value_up = models.PositiveIntegerField(default=0, editable=False)
    value_down = models.PositiveIntegerField(default=0, editable=False)
    agree_up = models.PositiveIntegerField(default=0, editable=False)
    agree_down = models.PositiveIntegerField(default=0, editable=False)
    rank = models.IntegerField(default=0, editable=False)
    """Orders a discussion by what it is worth; see `ranking`."""

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        permissions = [("remove_comment", _("Can remove and restore comments"))]
        indexes = [
            models.Index(fields=["article", "path"], name="comment_thread"),
            models.Index(fields=["article", "state"], name="comment_counts"),
            models.Index(fields=["author", "created_at"], name="comment_of_author"),
            models.Index(
                fields=["article", "-id"],
                condition=Q(parent__isnull=True),
                name="comment_newest_roots",
            ),
            models.Index(
                fields=["article", "-rank", "id"],
                condition=Q(parent__isnull=True),
                name="comment_valued_roots",
            ),
            models.Index(fields=["article", "published_at"], name="comment_new_since"),
            models.Index(
                fields=["id"],
                condition=Q(announced_at__isnull=True, published_at__isnull=False),
                name="comment_unannounced",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="comment_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=ONCE_ACCEPTED)
                | Q(accepted_revision__isnull=False, published_at__isnull=False),
                name="comment_public_was_accepted",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=NEVER_ACCEPTED)
                | Q(accepted_revision__isnull=True, published_at__isnull=True),
                name="comment_waiting_not_public",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.HELD)
                | Q(accepted_revision__isnull=True, published_at__isnull=True)
                | Q(accepted_revision__isnull=False, published_at__isnull=False),
                name="comment_held_or_hidden",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("comments:permalink", args=[self.pk])

    @property
    def is_hidden(self) -> bool:
        """Taken from view after reports, until a moderator has read it."""
        return self.state == State.HELD and self.published_at is not None

    @property
    def is_open(self) -> bool:
        """Everybody can read it now."""
        hidden = self.article.discussion == Article.Discussion.HIDDEN
        return (
            self.state == State.PUBLISHED and self.article.is_published and not hidden
        )

    @property
    def author_name(self) -> str:
        return self.author.username if self.author else str(_("former member"))
