"""The shape of what people send."""

import re
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from comments.models import Comment, Rule
from comments.models.appeal import MOST_CHARACTERS as MOST_IN_APPEAL
from comments.policies import why_not_answer, why_not_comment, why_not_report
from comments.rendering import MOST_CHARACTERS, check_body, check_plain
from comments.writing.steelman import MOST_CHARACTERS as MOST_IN_STEELMAN
from comments.writing.steelman import compose
from ethicsforum.ids import as_id

UNREADABLE = _(
    "The text did not arrive as UTF-8, so some of it may look wrong. "
    "Please check it and send it again."
)


COMMENT_IN_ADDRESS = re.compile(
    r"(?:^|/)comments/(?P<path>\d+)(?:/|$)|#comment-(?P<anchor>\d+)$|^#?(?P<number>\d+)$"
)

NOTHING_PUBLIC = _(
    "We found no public comment there. Please copy the address that the comment’s "
    "time leads to, or give its number."
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

    def __init__(
        self, *args: Any, user: Any, article: Article | None = None, **kwargs: Any
    ) -> None:
        """Without an article it is a preview: who may write there is not asked."""
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
        if self.article is not None:
            reason = why_not_comment(self.user, self.article)
            if reason:
                raise ValidationError(reason)
        return self.cleaned_data


class ComposedForm(BodyForm):
    """A text that may begin with what the other person means."""

    steelman = forms.Field(
        label=_("As I understand you"),
        required=False,
        widget=forms.Textarea(
            attrs={
                "rows": 3,
                "maxlength": MOST_IN_STEELMAN,
                "aria-describedby": "steelman-help",
            }
        ),
    )

    def clean_steelman(self) -> str:
        said = str(self.cleaned_data.get("steelman") or "")
        return check_plain(said, most=MOST_IN_STEELMAN) if said.strip() else ""

    def clean(self) -> dict[str, Any]:
        """One text of the two, checked as one."""
        said = self.cleaned_data.pop("steelman", "")
        body = self.cleaned_data.get("body")
        if said and body:
            self._take(compose(said, body))
        return super().clean()

    def _take(self, text: str) -> None:
        try:
            self.cleaned_data["body"] = check_body(text)
        except ValidationError as error:
            self.add_error("body", error)


class CommentForm(ComposedForm):
    """A new comment or reply."""

    parent = forms.Field(required=False, widget=forms.HiddenInput)

    @property
    def same_for_all(self) -> bool | None:
        """True for the empty form of a comment of its own; else None."""
        return None if self.is_bound or any(self.initial.values()) else True

    def clean_parent(self) -> Comment | None:
        raw = self.cleaned_data.get("parent")
        if not raw:
            return None
        parent = find_comment(str(raw), viewer=self.user)
        if parent is None:
            raise ValidationError(_("The comment you answer does not exist."))
        reason = self.article and why_not_answer(parent, self.article)
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
    pk = as_id(raw)
    if pk is None:
        return None
    visible = Comment.objects.visible_to(viewer).filter(pk=pk)
    return visible.select_related("article", "author", "accepted_revision").first()


class Prose(forms.CharField):
    """Several lines, counted as the browser counts them."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if isinstance(text, str) else text


class ReportForm(forms.Form):
    """A member's report: the rule, and what else the moderators should know."""

    rule = forms.ModelChoiceField(
        label=_("Which rule does it break?"),
        queryset=Rule.objects.in_force(),
        to_field_name="code",
        error_messages={
            "required": _("Please choose the rule that it breaks."),
            "invalid_choice": _("Please choose one of the rules in force."),
        },
    )
    note = Prose(
        label=_("What should the moderators look at?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Moderators read it; the author and other readers don’t."),
    )

    def __init__(self, *args: Any, comment: Comment, user: Any, **kwargs: Any) -> None:
        self.comment = comment
        self.user = user
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        reason = why_not_report(self.user, self.comment)
        if reason:
            raise ValidationError(reason)
        return self.cleaned_data


class NoticeForm(forms.Form):
    """Anybody's notice of illegal content; Article 16 of the EU's Digital Services
    Act says what belongs into one."""

    where = forms.CharField(
        label=_("Which comment?"),
        error_messages={"required": _("Please say which comment it is about.")},
        max_length=500,
        help_text=_(
            "Its address on this site (the comment’s time leads to it), or its number."
        ),
    )
    note = Prose(
        label=_("Why is it illegal?"),
        error_messages={"required": _("Please say why it is illegal.")},
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Name the passage, and say what is unlawful about it."),
    )
    law = forms.CharField(
        label=_("Law or right that it breaks"), max_length=200, required=False
    )
    name = forms.CharField(
        label=_("Your name"),
        error_messages={"required": _("Please say who you are.")},
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        error_messages={"required": _("Please say where the answer should go.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("For the receipt and the answer. The author doesn’t get it."),
    )
    good_faith = forms.BooleanField(
        label=_("To my best belief, what I say here is accurate and complete."),
        error_messages={
            "required": _("Please confirm that you believe what you say here.")
        },
    )
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": -1}),
    )
    """Not shown; who fills it in is a program."""

    def clean_where(self) -> str:
        where: str = self.cleaned_data["where"]
        comment = comment_at(where)
        if comment is None:
            raise ValidationError(NOTHING_PUBLIC)
        self.comment = comment
        return where

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_email(self) -> str:
        address: str = self.cleaned_data["email"]
        return address.lower()

    @property
    def is_from_a_robot(self) -> bool:
        return bool(self.cleaned_data["website"])

    def fields_of_notice(self) -> dict[str, str]:
        sent = self.cleaned_data
        law = sent["law"] and _("Law or right: %(law)s") % {"law": sent["law"]}
        return {
            "name": sent["name"],
            "email": sent["email"],
            "note": "\n\n".join(filter(None, [law, sent["note"]])),
            "address": sent["where"],
        }


def comment_at(where: str) -> Comment | None:
    """The comment that is or was public at an address of this site, or by number."""
    try:
        host = urlsplit(where).netloc
    except ValueError:
        return None
    found = COMMENT_IN_ADDRESS.search(where)
    if found is None or host not in ("", urlsplit(settings.SITE_URL).netloc):
        return None
    number = found["path"] or found["anchor"] or found["number"]
    return find_comment(number, viewer=AnonymousUser())
