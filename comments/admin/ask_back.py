"""POST …/queueitem/<id>/ask/: a question to whoever appeals."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comments.actions.appealing import CannotAppeal, ask_back
from comments.actions.deciding import StaleDecision
from comments.admin.desk.access import may_decide
from comments.models import QueueItem
from comments.models.appeal import MOST_CHARACTERS
from comments.rendering import check_plain

Admin = ModelAdmin[QueueItem]


class QuestionForm(forms.Form):
    # Not a CharField: its messages about NUL and length say less than ours.
    text = forms.Field(label=gettext_lazy("Question"), required=False)

    def clean_text(self) -> str:
        raw = str(self.cleaned_data.get("text") or "")
        return check_plain(raw, most=MOST_CHARACTERS)


def ask_urls(model_admin: Admin) -> list[URLPattern]:
    view = partial(ask, model_admin)
    guarded = model_admin.admin_site.admin_view(view)
    return [path("<int:pk>/ask/", guarded, name="comments_queueitem_ask")]


def ask(model_admin: Admin, request: HttpRequest, pk: int) -> HttpResponse:
    if not may_decide(request):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    item = _item(request, pk)
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return _again(model_admin, request, item, form, status=422)
    try:
        ask_back(item, moderator=request.user, text=form.cleaned_data["text"])
    except CannotAppeal as refused:
        form.add_error("text", ValidationError(refused.reason))
        return _again(model_admin, request, item, form, status=422)
    except StaleDecision:
        taken = _("A colleague decided it, or is at it now; nothing was sent.")
        form.add_error("text", ValidationError(taken))
        return _again(model_admin, request, item, form, status=409)
    messages.success(request, _("Asked. The appellant gets a mail and can answer."))
    return redirect(item.get_desk_url())


def _item(request: HttpRequest, pk: int) -> QueueItem:
    """An appeal that this moderator may hear; any other as if it did not exist."""
    appeals = QueueItem.objects.filter(kind=QueueItem.Kind.APPEAL)
    heard = appeals.for_moderator(request.user).for_desk()
    return get_object_or_404(heard.select_related("appeal__decision"), pk=pk)


def _again(
    model_admin: Admin,
    request: HttpRequest,
    item: QueueItem,
    form: QuestionForm,
    status: int,
) -> HttpResponse:
    """The question as it was written, on a page of its own, with what is in its way."""
    context: dict[str, Any] = {
        **model_admin.admin_site.each_context(request),
        "title": _("A question about an appeal"),
        "opts": model_admin.opts,
        "media": model_admin.media,
        "item": item,
        "question": form,
    }
    template = "admin/comments/queueitem/ask.html"
    return TemplateResponse(request, template, context, status=status)
