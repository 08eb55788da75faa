"""What an editor types, checked beside the field it is about."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.importing import SLUG_LENGTH
from articles.models import Article, Picture, Topic
from articles.pictures import Prepared, prepare
from articles.slugs import slug_for

if TYPE_CHECKING:
    BaseForm = forms.ModelForm[Article]
    BasePictureForm = forms.ModelForm[Picture]
else:
    # Generic for the type checker only; Django's class takes no parameters.
    BaseForm = BasePictureForm = forms.ModelForm

WIDGETS: dict[str, dict[str, str]] = {
    "title": {"class": "vLargeTextField"},
    "question": {"class": "vLargeTextField"},
    "standfirst": {"rows": "3"},
    "body": {"rows": "30"},
}
AS_TYPED = ("title", "standfirst", "byline", "question", "body")


class ArticleForm(BaseForm):
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    """Which version of the article the editor had on the screen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = self._version()
        for name in WIDGETS.keys() & self.fields.keys():
            self.fields[name].widget.attrs.update(WIDGETS[name])
        if "slug" in self.fields:
            # Its script may not have run; then the title makes the address.
            self.fields["slug"].required = False

    def is_multipart(self) -> bool:
        # Percent-encoding makes most scripts three times as long as they are,
        # and a long article would pass the limit on what a form may send.
        return True

    def clean_slug(self) -> str:
        title = str(self.cleaned_data.get("title", ""))
        slug = str(self.cleaned_data["slug"])
        if slug or not title:
            # The form comes back with links to the article as it is.
            return slug or self.instance.slug
        return slug_for(title, prefix="article", max_length=SLUG_LENGTH)

    def clean(self) -> None:
        super().clean()
        self._check_time()
        self._check_version()

    def _check_time(self) -> None:
        """Scheduled means later, published means by now."""
        if "publish_at" in self.errors:
            return
        status = self.cleaned_data.get("status")
        moment = self.cleaned_data.get("publish_at")
        if status == Article.Status.PUBLISHED:
            self._check_published(moment)
        elif status == Article.Status.SCHEDULED:
            self._check_scheduled(moment)

    def _check_published(self, moment: datetime | None) -> None:
        if moment is None:
            # Here and not on saving only: the constraint is checked in between.
            self.cleaned_data["publish_at"] = timezone.now()
        elif moment > timezone.now():
            self.add_error(
                "publish_at", _("This is still to come: choose ‘scheduled’.")
            )

    def _check_scheduled(self, moment: datetime | None) -> None:
        if moment is None:
            self.add_error("publish_at", _("Say when it should be published."))
        elif moment <= timezone.now() and self._moved():
            self.add_error("publish_at", _("This time has passed: choose a later one."))

    def _moved(self) -> bool:
        # A scheduled article stays 'scheduled' when its time has come, and open
        # to corrections of everything else.
        return bool({"status", "publish_at"} & set(self.changed_data))

    def _check_version(self) -> None:
        seen, current = self.cleaned_data.get("seen"), self._version()
        if not seen or seen == current:
            return
        # The next save says: I know, and mine is to stand.
        data = cast(QueryDict, self.data).copy()
        data[self.add_prefix("seen")] = current
        self.data = data
        raise ValidationError(
            _(
                "Somebody else saved this article while you had it open. All you "
                "typed is still here: compare it with theirs in another tab, then "
                "save again to put yours in its place."
            )
        )

    def _version(self) -> str:
        return self.instance.updated_at.isoformat() if self.instance.pk else ""


def article_as_typed(form: ArticleForm) -> Article:
    """The article that this form would make, finished or not. Writes nothing."""
    form.is_valid()
    article = form.instance
    for name in AS_TYPED:
        setattr(article, name, form[name].value() or "")
    article.slug = article.slug or "preview"
    # Django asks for a key before it shows topics; no row has this one.
    article.pk = article.pk or 0
    chosen = form.cleaned_data.get("topics") or Topic.objects.none()
    article._prefetched_objects_cache = {"topics": chosen}  # type: ignore[attr-defined]  # where prefetch_related keeps them, too
    article.render_body()
    return article


class PictureForm(BasePictureForm):
    upload = forms.FileField(
        label=_("Picture"), allow_empty_file=True, help_text=_("JPEG, PNG or WebP.")
    )

    class Meta:
        model = Picture
        fields = ("alt", "credit")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            # What is in a picture stays: an article may show it by now.
            del self.fields["upload"]

    def clean_upload(self) -> Prepared:
        return prepare(self.cleaned_data["upload"].read())
