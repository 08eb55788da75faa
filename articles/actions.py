"""What is done to articles. Every door calls these."""

from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.importing import CannotImport, Draft
from articles.models import Article, Picture, Topic, rendered
from articles.pictures import Prepared, widths_of
from articles.slugs import slug_for
from ethicsforum.figures import picture_ids
from ethicsforum.markup import ARTICLE


class Outcome(TextChoices):
    CREATED = "created", gettext_lazy("created")
    UPDATED = "updated", gettext_lazy("updated")
    PUBLISHED = "published", gettext_lazy("no longer a draft")
    UNCHANGED = "unchanged", gettext_lazy("unchanged")


@transaction.atomic
def import_draft(draft: Draft, *, publish: bool) -> tuple[Article, Outcome]:
    """Put the draft where its slug says; the same draft twice changes nothing.

    What the file leaves out (a standfirst, topics …) stays as an editor wrote it.
    An article that was written here and not imported is never overwritten.
    """
    article, created = Article.objects.select_for_update().get_or_create(
        slug=draft.slug, defaults=_fields(draft)
    )
    if not created and not article.source_digest:
        message = _(
            "'%(slug)s' is the address of an article written here; give another"
        )
        raise CannotImport(message % {"slug": draft.slug})
    outcome = Outcome.CREATED if created else _update(article, draft)
    if created or outcome == Outcome.UPDATED:
        _set_topics(article, draft.topics)
    if publish and publish_article(article) and outcome == Outcome.UNCHANGED:
        outcome = Outcome.PUBLISHED
    return article, outcome


def publish_article(article: Article) -> bool:
    """Publish a draft, at its own time where that is still to come."""
    if article.status != Article.Status.DRAFT:
        return False
    later = article.publish_at is not None and article.publish_at > timezone.now()
    article.status = Article.Status.SCHEDULED if later else Article.Status.PUBLISHED
    article.save()
    return True


def keep_picture(picture: Picture, prepared: Prepared) -> None:
    """Files first: what has no row is never shown, and the same again is the same."""
    picture.digest = prepared.digest
    picture.width, picture.height = prepared.width, prepared.height
    for width, content in prepared.files.items():
        name = _file_name(prepared.digest, width)
        if not default_storage.exists(name):
            default_storage.save(name, ContentFile(content))
    picture.save()


@transaction.atomic
def describe_picture(picture: Picture) -> None:
    """Its words are those of every article that shows it, at once."""
    picture.save()
    _render_what_shows(picture.pk)


@transaction.atomic
def drop_picture(picture: Picture) -> None:
    """Out of every article, and its files with it."""
    pk = picture.pk
    picture.delete()
    _render_what_shows(pk)
    # After commit: a row that is still there must have its files.
    drop = partial(_drop_files, picture.digest, picture.width)
    transaction.on_commit(drop, robust=True)


def render_again(pk: int, source: str) -> None:
    """Not by save(): what the editor wrote hasn't changed, nor when."""
    Article.objects.filter(pk=pk).update(
        body_html=rendered(source), render_version=ARTICLE.version
    )


def _render_what_shows(picture_id: int) -> None:
    likely = Article.objects.filter(body__contains=f"picture:{picture_id}")
    rows = likely.select_for_update(no_key=True).order_by("pk")
    for pk, source in rows.values_list("pk", "body"):
        if picture_id in picture_ids(source):
            render_again(pk, source)


def _drop_files(digest: str, width: int) -> None:
    """Unless somebody uploaded the same picture twice."""
    if Picture.objects.filter(digest=digest).exists():
        return
    for each in widths_of(width):
        default_storage.delete(_file_name(digest, each))


def _file_name(digest: str, width: int) -> str:
    return f"pictures/{digest}-{width}.webp"


def _update(article: Article, draft: Draft) -> Outcome:
    if article.source_digest == draft.digest:
        return Outcome.UNCHANGED
    fields = _fields(draft)
    if article.status != Article.Status.DRAFT:
        # When readers got it is a fact by now, or an editor's decision.
        fields.pop("publish_at", None)
    for name, value in fields.items():
        setattr(article, name, value)
    article.save()
    return Outcome.UPDATED


def _fields(draft: Draft) -> dict[str, object]:
    """What the file says, without what it leaves out."""
    said = {
        "title": draft.title,
        "body": draft.body,
        "standfirst": draft.standfirst,
        "byline": draft.byline,
        "question": draft.question,
        "publish_at": draft.publish_at,
        "source_digest": draft.digest,
    }
    return {name: value for name, value in said.items() if value}


def _set_topics(article: Article, names: tuple[str, ...]) -> None:
    if names:
        # In one order for everybody: two imports never wait for each other.
        article.topics.set([_topic(name) for name in sorted(names)])


def _topic(name: str) -> Topic:
    slug = slug_for(name, prefix="topic", max_length=60)
    known = Topic.objects.filter(Q(name__iexact=name) | Q(slug=slug)).first()
    return known or Topic.objects.get_or_create(slug=slug, defaults={"name": name})[0]
