"""What is discussed. Knows nothing of comments."""

import re
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from articles.contents import Heading, contents_of
from articles.pictures import widths_of
from ethicsforum.figures import Figure, picture_ids
from ethicsforum.markup import ARTICLE, plain_text, render

FIRST_PARAGRAPH = re.compile("<p>(.*?)</p>", re.DOTALL)
OPENING_WORDS = 36
WORDS_PER_MINUTE = 230
MOST_RELATED = 3


class Topic(models.Model):
    name = models.CharField(_("name"), max_length=60, unique=True)
    slug = models.SlugField(_("address"), max_length=60, unique=True)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("articles:topic", args=[self.slug])


class Picture(models.Model):
    """Its files are named by what is in them; see `pictures` and `actions`."""

    alt = models.CharField(
        _("description"),
        max_length=300,
        help_text=_("What those hear who don't see the picture."),
    )
    credit = models.CharField(_("credit"), max_length=120, blank=True)
    digest = models.CharField(max_length=16, editable=False)
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    created_at = models.DateTimeField(_("uploaded"), auto_now_add=True)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        return self.alt

    @property
    def markdown(self) -> str:
        return f"![](picture:{self.pk})"

    def url(self, width: int) -> str:
        return reverse("picture", args=[f"{self.digest}-{width}.webp"])

    def figure(self) -> Figure:
        widths = widths_of(self.width)
        srcset = ", ".join(f"{self.url(width)} {width}w" for width in widths)
        src = self.url(widths[-1])
        return Figure(src, srcset, self.width, self.height, self.alt, self.credit)


def rendered(body: str) -> str:
    """The text as readers get it, with its pictures; one query if it has any."""
    wanted = picture_ids(body)
    found = Picture.objects.in_bulk(wanted) if wanted else {}
    return render(body, ARTICLE, {pk: one.figure() for pk, one in found.items()})


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self, now: datetime | None = None) -> Self:
        """What readers see: published, or scheduled for a time that has come."""
        out = [Article.Status.PUBLISHED, Article.Status.SCHEDULED]
        return self.filter(status__in=out, publish_at__lte=now or timezone.now())

    def newest_first(self) -> Self:
        return self.order_by("-publish_at", "-pk")

    def visible_to(self, user: Any) -> Self:
        """Editors also see what is not published yet."""
        if user.is_staff and user.has_perm("articles.view_article"):
            return self
        return self.published()


class Article(models.Model):
    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        SCHEDULED = "scheduled", _("scheduled")
        PUBLISHED = "published", _("published")

    class Discussion(models.TextChoices):
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed: readable, nothing new")
        HIDDEN = "hidden", _("hidden")

    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    standfirst = models.TextField(
        _("standfirst"),
        blank=True,
        help_text=_("One or two sentences under the title."),
    )
    byline = models.CharField(_("byline"), max_length=120, blank=True)
    body = models.TextField(_("text"), help_text=_("Markdown."))
    body_html = models.TextField(editable=False)
    render_version = models.CharField(max_length=40, editable=False)
    question = models.CharField(
        _("question to readers"),
        max_length=300,
        blank=True,
        help_text=_("Stands above the discussion."),
    )
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.DRAFT
    )
    publish_at = models.DateTimeField(
        _("publication"),
        null=True,
        blank=True,
        help_text=_("Empty: the moment it is published."),
    )
    discussion = models.CharField(
        _("discussion"),
        max_length=10,
        choices=Discussion.choices,
        default=Discussion.OPEN,
    )
    comments_open_until = models.DateTimeField(
        _("comments open until"), null=True, blank=True
    )
    first_comments_held = models.PositiveSmallIntegerField(
        _("first comments held"),
        null=True,
        blank=True,
        help_text=_(
            "How many first comments of a new member wait for a moderator "
            "here. Empty: the site's own number."
        ),
    )
    source_digest = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        # Not a partial index: SQLite can't use one whose condition is a parameter.
        indexes = [
            models.Index(fields=["-publish_at", "-id"], name="article_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="draft") | Q(publish_at__isnull=False),
                name="article_published_has_date",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.render_body()
        if self.status == self.Status.PUBLISHED and self.publish_at is None:
            self.publish_at = timezone.now()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("articles:detail", args=[self.slug])

    def render_body(self) -> None:
        self.body_html = rendered(self.body)
        self.render_version = ARTICLE.version

    @property
    def opening(self) -> str:
        """The first words, where an article has no standfirst."""
        paragraph = FIRST_PARAGRAPH.search(self.body_html)
        words = plain_text(paragraph.group(1)) if paragraph else ""
        return Truncator(words).words(OPENING_WORDS)

    @property
    def words(self) -> int:
        return len(self.body.split())

    @property
    def reading_minutes(self) -> int:
        return max(1, round(self.words / WORDS_PER_MINUTE))

    @property
    def contents(self) -> list[Heading]:
        return contents_of(self.body_html, words=self.words)

    def related(self) -> list["Article"]:
        """The newest others about the same: one query, given the topics."""
        topics = [topic.pk for topic in self.topics.all()]
        if not topics:
            return []
        others = Article.objects.published().exclude(pk=self.pk)
        about = others.filter(pk__in=Article.objects.filter(topics__in=topics))
        return list(about.newest_first()[:MOST_RELATED])

    @property
    def version(self) -> tuple[Any, ...]:
        """Another one, whenever readers see it otherwise."""
        return (self.pk, self.updated_at, self.is_published, self.takes_comments)

    @property
    def last_changed(self) -> datetime:
        """When readers could first see what they see now."""
        return max(self.updated_at, self.publish_at or self.updated_at)

    @property
    def is_published(self) -> bool:
        return (
            self.status != self.Status.DRAFT
            and self.publish_at is not None
            and self.publish_at <= timezone.now()
        )

    @property
    def takes_comments(self) -> bool:
        until = self.comments_open_until
        still_open = until is None or timezone.now() < until
        return self.discussion == self.Discussion.OPEN and still_open
