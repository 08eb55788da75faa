"""Many decisions at once: a page that asks, then each on its own."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comments.actions.deciding import Reason, StaleDecision
from comments.actions.judging import judge_item
from comments.actions.verdicts import Verdict
from comments.admin.desk import words
from comments.admin.desk.access import Admin
from comments.admin.desk.answers import page
from comments.admin.forms import APPROVE, REJECT, ReasonForm
from comments.desk import cards, summary
from comments.models import QueueItem
from ethicsforum.ids import as_id

MOST_AT_ONCE = 200


@dataclass
class Tally:
    """How a bulk decision went, item by item."""

    done: int = 0
    left: list[str] = field(default_factory=list)

    def leave(self, item: QueueItem, why: str) -> None:
        line = _("Left alone: the comment by %(author)s (%(why)s).")
        author = item.comment.author_name
        self.left.append(line % {"author": author, "why": why})

    def tell(self, request: HttpRequest) -> None:
        if self.done:
            text = ngettext("%(n)s item decided.", "%(n)s items decided.", self.done)
            messages.success(request, text % {"n": self.done})
        for line in self.left:
            messages.warning(request, line)


def decide_selected(
    admin: Admin, request: HttpRequest, queryset: QuerySet[QueueItem], outcome: str
) -> HttpResponse | None:
    """A page that asks; the second time, the decisions. None leads back to the list."""
    confirmed = "confirmed" in request.POST
    # The list's filter has dropped what a colleague decided; the confirmed page names
    # each item, and each is answered for.
    chosen = _named(request) if confirmed else queryset
    items = list(chosen.order_by("due_at", "pk")[:MOST_AT_ONCE])
    form = ReasonForm(request.POST if confirmed else None)
    form.fields["rule"].required = outcome == REJECT
    if not confirmed or not form.is_valid():
        return _ask(admin, request, items, outcome, form)
    reason = form.reason() if outcome == REJECT else Reason()
    _decide_all(request, items, outcome == APPROVE, reason).tell(request)
    return None


def selection_is_sound(request: HttpRequest) -> bool:
    """Whether the ids that were sent are ids; Django takes them as they come."""
    return all(
        as_id(pk) is not None for pk in request.POST.getlist(ACTION_CHECKBOX_NAME)
    )


def why_left_alone(item: QueueItem, request: HttpRequest) -> str:
    """Why a bulk decision does not touch the item; empty when it does."""
    if item.closing_decision is not None:
        return summary(item.closing_decision)
    if not item.is_open:
        return _("it no longer waits")
    if item.kind == QueueItem.Kind.APPEAL:
        return _("an appeal is answered on its own, with a reason")
    claimant = item.claimant()
    if claimant is not None and claimant != request.user:
        return words.whose_claim(item)
    return ""


def _named(request: HttpRequest) -> QuerySet[QueueItem]:
    ids = request.POST.getlist(ACTION_CHECKBOX_NAME)
    items = QueueItem.objects.for_moderator(request.user).for_desk()
    return items.filter(pk__in=ids)


def _decide_all(
    request: HttpRequest, items: list[QueueItem], approves: bool, reason: Reason
) -> Tally:
    tally = Tally()
    for item in items:
        why = why_left_alone(item, request)
        if why:
            tally.leave(item, why)
            continue
        verdict = Verdict(approves, _version_seen(request, item), reason)
        try:
            judge_item(item, verdict, moderator=request.user)
            tally.done += 1
        except StaleDecision as stale:
            tally.leave(item, words.why_stale(stale, item))
    return tally


def _version_seen(request: HttpRequest, item: QueueItem) -> int:
    raw = request.POST.get(f"version-{item.pk}", "")
    return as_id(raw) or 0


def _ask(
    admin: Admin,
    request: HttpRequest,
    items: list[QueueItem],
    outcome: str,
    form: ReasonForm,
) -> HttpResponse:
    reasons = {item: why_left_alone(item, request) for item in items}
    context = {
        "title": _("Approve these?") if outcome == APPROVE else _("Reject these?"),
        "cards": cards(item for item, why in reasons.items() if not why),
        "left": [(item, why) for item, why in reasons.items() if why],
        "outcome": outcome,
        "form": form,
    }
    return page(admin, request, "confirm", context, 422 if form.errors else 200)
