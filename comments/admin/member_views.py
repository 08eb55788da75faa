"""A member's page for moderators: the record, and what can be done about it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from comments import members
from comments.actions import sanctioning
from comments.actions.deciding import StaleDecision
from comments.admin.member_forms import (
    DEFAULT_HOURS,
    MOST_DAYS,
    MOST_HOURS,
    USUAL_DAYS,
    LiftForm,
    MemberNoteForm,
    SanctionForm,
)
from comments.models import Comment, Sanction
from comments.policies import may_reject_all, may_sanction, why_not_sanction
from comments.states import Measure
from ethicsforum.ids import as_id

Admin = ModelAdmin[Any]
PAGE = "admin:comments_sanction_member"
TEMPLATE = "admin/comments/sanction/member.html"
UNPROCESSABLE, CONFLICT = 422, 409


@dataclass(frozen=True)
class Act:
    """One of the forms on the page; `form` is there when it was sent and came back."""

    measure: Measure
    verb: str
    effect: str
    form: SanctionForm | None = None

    @property
    def has_end(self) -> bool:
        return self.measure != Measure.WARN


def show(model_admin: Admin, request: HttpRequest, pk: int) -> HttpResponse:
    return _page(model_admin, request, find_member(request, pk))


def impose(model_admin: Admin, request: HttpRequest, pk: int) -> HttpResponse:
    member = find_member(request, pk)
    form = SanctionForm(request.POST, member=member)
    if not form.is_valid():
        return _page(model_admin, request, member, form, status=UNPROCESSABLE)
    try:
        form.impose(moderator=request.user)
    except sanctioning.AlreadyRunning as running:
        form.add_error(None, _already(running.sanction))
        return _page(model_admin, request, member, form, status=CONFLICT)
    except sanctioning.NotSanctionable as refusal:
        form.add_error(None, str(refusal))
        return _page(model_admin, request, member, form, status=UNPROCESSABLE)
    messages.success(request, _("Done. The member is told on the site and by mail."))
    return redirect(PAGE, member.pk)


def lift(model_admin: Admin, request: HttpRequest, pk: int) -> HttpResponse:
    require_sanctioner(request)
    rows = Sanction.objects.select_related("member", "decision__revision")
    sanction = get_object_or_404(rows, pk=pk, member__isnull=False)
    form = LiftForm(request.POST)
    sent: dict[str, Any] = {"lifting": sanction.pk, "lift_form": form}
    if not form.is_valid():
        return _page(
            model_admin, request, sanction.member, status=UNPROCESSABLE, **sent
        )
    words = form.cleaned_data["explanation"]
    try:
        sanctioning.lift(sanction, moderator=request.user, explanation=words)
    except StaleDecision:
        messages.error(request, _("A colleague has taken it back already."))
        return _page(model_admin, request, sanction.member, status=CONFLICT)
    except sanctioning.NotSanctionable as refusal:
        form.add_error(None, str(refusal))
        return _page(
            model_admin, request, sanction.member, status=UNPROCESSABLE, **sent
        )
    messages.success(request, _("Taken back. The member is told."))
    return redirect(PAGE, sanction.member_id)


def add_note(model_admin: Admin, request: HttpRequest, pk: int) -> HttpResponse:
    member = find_member(request, pk)
    form = MemberNoteForm(request.POST)
    if not form.is_valid():
        return _page(model_admin, request, member, status=UNPROCESSABLE, note_form=form)
    author: Any = request.user
    form.instance.member, form.instance.author = member, author
    form.save()
    messages.success(request, _("Noted, for moderators only."))
    return redirect(PAGE, member.pk)


def find_member(request: HttpRequest, pk: int) -> Any:
    require_sanctioner(request)
    return get_object_or_404(get_user_model(), pk=pk)


def require_sanctioner(request: HttpRequest) -> None:
    if not may_sanction(request.user):
        raise PermissionDenied


def _page(
    model_admin: Admin,
    request: HttpRequest,
    member: Any,
    form: SanctionForm | None = None,
    status: int = 200,
    **sent: Any,
) -> HttpResponse:
    sanctions = members.sanctions_of(member)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": member.username,
        "opts": model_admin.opts,
        "media": model_admin.media,
        "member": member,
        "record": members.Record.of(member),
        "sanctions": sanctions,
        "running": [sanction for sanction in sanctions if sanction.is_running()],
        "ladder": members.ladder(sanctions),
        "why_not": why_not_sanction(request.user, member),
        "acts": _acts(form),
        "may_reject_all": may_reject_all(request.user),
        "limits": {"days": MOST_DAYS, "usual": USUAL_DAYS, "hours": MOST_HOURS},
        "default_hours": DEFAULT_HOURS,
        **_about(request, member),
        **sent,
    }
    return TemplateResponse(request, TEMPLATE, context, status=status)


def _about(request: HttpRequest, member: Any) -> dict[str, Any]:
    comments = members.comments_of(member, _id_in(request, "comments_before"))
    decisions = members.decisions_about(member, _id_in(request, "decisions_before"))
    return {
        "comments": comments,
        "written": members.written(comments.rows),
        "decisions": decisions,
        "notes": members.notes_on(member),
        **_occasions(request, member),
    }


def _occasions(request: HttpRequest, member: Any) -> dict[str, Any]:
    """The latest comments, and the one that a link or the form has named."""
    wanted = _id_in(request, "comment") or 0
    own = Comment.objects.filter(author=member)
    named = members.in_full(own.filter(pk=wanted))
    latest = members.in_full(own.exclude(pk=wanted), members.PAGE)
    return {"occasions": [*named, *latest]}


def _acts(sent: SanctionForm | None) -> list[Act]:
    acts = (
        (
            Measure.WARN,
            _("Warn"),
            _("The member reads the rule and your words. Nothing else happens."),
        ),
        (
            Measure.LIMIT,
            _("Limit"),
            _("A moderator reads each of their comments before others see it."),
        ),
        (
            Measure.SUSPEND,
            _("Suspend"),
            _("They can read, withdraw their comments and appeal, but not write."),
        ),
    )
    chosen = sent.data.get("measure") if sent else None
    return [Act(*act, form=sent if act[0] == chosen else None) for act in acts]


def _already(sanction: Sanction) -> str:
    until = sanction.decision.until
    words = {
        "what": sanction.decision.outcome_label,
        "until": date_format(localtime(until), "DATETIME_FORMAT"),
        "who": sanction.decision.decider,
    }
    return (
        _(
            "There is one already: %(what)s until %(until)s, by %(who)s. Take it back "
            "first, if another should stand in its place. Nothing was changed."
        )
        % words
    )


def _id_in(request: HttpRequest, name: str) -> int | None:
    return as_id(request.POST.get(name) or request.GET.get(name, ""))
