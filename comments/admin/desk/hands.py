"""POST snooze/, wake/, escalate/ and note/: what one does with an item undecided."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from comments.actions import noting, snoozing
from comments.actions.snoozing import Nap
from comments.admin.desk import words
from comments.admin.desk.access import Admin, about_item, item_or_404
from comments.admin.desk.answers import back, next_address, nothing_done, page
from comments.admin.forms import AUTHOR, EscalationForm, NoteForm, SnoozeForm
from comments.models import QueueItem


@about_item
def snooze(admin: Admin, request: HttpRequest, item: Any) -> HttpResponse:
    form = SnoozeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please choose for how long."))
        return back(request, item)
    nap = Nap(form.cleaned_data["nap"])
    until = snoozing.snooze(item, nap, moderator=request.user)
    if until is None:
        return _refuse(admin, request, item)
    text = _("Snoozed; back in line at %(time)s")
    messages.success(request, text % {"time": words.clock(until)})
    return redirect(next_address(request, item))


@about_item
def wake(admin: Admin, request: HttpRequest, item: Any) -> HttpResponse:
    if not snoozing.wake(item):
        return _refuse(admin, request, item)
    messages.success(request, _("Awake: it is back at its old place in the line."))
    return back(request, item)


@about_item
def escalate(admin: Admin, request: HttpRequest, item: Any) -> HttpResponse:
    form = EscalationForm(request.POST)
    if not form.is_valid():
        return _ask_again(admin, request, item, form, _("Escalate"))
    text = form.cleaned_data["escalation"]
    if not noting.escalate(item, text, moderator=request.user):
        return _refuse(admin, request, item)
    said = _("Escalated: it is at the front of the line, with your note.")
    messages.success(request, said)
    return back(request, item)


@about_item
def note(admin: Admin, request: HttpRequest, item: Any) -> HttpResponse:
    form = NoteForm(request.POST)
    member = item.comment.author
    about_author = form.is_valid() and form.cleaned_data["about"] == AUTHOR
    if about_author and member is None:
        form.add_error("note", _("The author has left; please note it on the comment."))
    if form.errors:
        return _ask_again(admin, request, item, form, _("Keep the note"))
    text = form.cleaned_data["note"]
    if about_author:
        noting.note_on_member(member, text, moderator=request.user)
    else:
        noting.note_on_comment(item.comment, text, moderator=request.user)
    messages.success(request, _("Noted. Only moderators see it."))
    return back(request, item)


def _refuse(admin: Admin, request: HttpRequest, item: QueueItem) -> HttpResponse:
    fresh = item_or_404(request, item.pk)
    return nothing_done(admin, request, fresh, words.why_not(fresh))


def _ask_again(
    admin: Admin, request: HttpRequest, item: QueueItem, form: Form, title: str
) -> HttpResponse:
    """On a page of its own, with what was typed."""
    kept = {name: request.POST.get(name, "") for name in ("from", "filters")}
    context = {"title": title, "item": item, "form": form, "kept": kept}
    return page(admin, request, "note", context, 422)
