"""The shape of what people send."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from comments.models import Comment
from comments.models.appeal import MOST_CHARACTERS as MOST_IN_APPEAL
from comments.policies import why_not_answer, why_not_comment
from comments.rendering import MOST_CHARACTERS, check_body, check_plain

UNREADABLE = _(
    "The text did not arrive as UTF-8, so some of it may look wrong. "
    "Please check it and send it again."
)


BODY_HELP = "body-help"
BODY_ERROR = "body-error"


class BodyForm(forms.Form):
    """A text, as it was typed; the checks' own words say what is wrong with it."""

    # Not a CharField: its messages about NUL and length say less than ours.
    body = forms.Field(
        label=_("Your comment"),
        required=False,
        widget=forms.Textarea(
            attrs={"rows": 8, "maxlength": MOST_CHARACTERS, "required": True}
        ),
    )

    def __init__(self, *args: Any, article: Article, user: Any, **kwargs: Any) -> None:
        self.article = article
        self.user = user
        self.broken_encoding = kwargs.pop("broken_encoding", False)
        super().__init__(*args, **kwargs)
        described = f"{BODY_ERROR} {BODY_HELP}" if self._body_is_wrong() else BODY_HELP
        self.fields["body"].widget.attrs["aria-describedby"] = described

    def _body_is_wrong(self) -> bool:
        return self.is_bound and "body" in self.errors

    def clean_body(self) -> str:
        if self.broken_encoding:
            raise ValidationError(UNREADABLE)
        return check_body(str(self.cleaned_data.get("body") or ""))

    def clean(self) -> dict[str, Any]:
        reason = why_not_comment(self.user, self.article)
        if reason:
            raise ValidationError(reason)
        return self.cleaned_data


class CommentForm(BodyForm):
    """A new comment or reply."""

    parent = forms.Field(required=False, widget=forms.HiddenInput)

    def clean_parent(self) -> Comment | None:
        raw = self.cleaned_data.get("parent")
        if not raw:
            return None
        parent = find_comment(str(raw), viewer=self.user)
        if parent is None:
            raise ValidationError(_("The comment you answer does not exist."))
        reason = why_not_answer(parent, self.article)
        if reason:
            raise ValidationError(reason)
        return parent


class AppealForm(forms.Form):
    """What somebody says about a decision: plain text."""

    # Not a CharField, for the same reason as the body of a comment.
    body = forms.Field(
        label=_("Why you see it differently"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "maxlength": MOST_IN_APPEAL}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attrs = {"aria-describedby": BODY_HELP, "required": True}
        if self.is_bound and "body" in self.errors:
            attrs |= {"aria-describedby": f"{BODY_ERROR} {BODY_HELP}"}
            attrs |= {"aria-invalid": "true"}
        self.fields["body"].widget.attrs |= attrs

    def clean_body(self) -> str:
        return check_plain(
            str(self.cleaned_data.get("body") or ""), most=MOST_IN_APPEAL
        )


def find_comment(raw: str, *, viewer: Any) -> Comment | None:
    """The comment with this id, if the viewer may know of it."""
    # ASCII digits that fit the database; int() would take other scripts' too.
    if not (raw.isascii() and raw.isdigit() and len(raw) <= 18):
        return None
    visible = Comment.objects.visible_to(viewer).filter(pk=raw)
    return visible.select_related("article", "author", "accepted_revision").first()
