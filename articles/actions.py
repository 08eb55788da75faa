"""What is done to articles. Every door calls these."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.importing import CannotImport, Draft
from articles.models import Article, Picture, Topic
from articles.pictures import Prepared
from articles.slugs import slug_for


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
        name = f"pictures/{prepared.digest}-{width}.webp"
        if not default_storage.exists(name):
            default_storage.save(name, ContentFile(content))
    picture.save()


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
