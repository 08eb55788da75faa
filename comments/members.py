"""What a moderator should know of a member before they decide about the person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any, Generic, Self, TypeVar

from django.db.models import Count, Model, Q, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from comments.actions.bulk_rejecting import newest_text
from comments.models import Appeal, Comment, Decision, Note, Report, Sanction
from comments.states import REFUSED, WAITING, Measure, State

PAGE = 20
MOST_SANCTIONS = 50
MOST_NOTES = 50
MOST_LISTED = 100
MOST_COUNTED = 1000

REFUSABLE = Q(state__in=[State.PUBLISHED, *WAITING])
"""Public, or on the way there."""

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Part(Generic[Row]):
    """Some rows, newest first, and the id before which the older ones are."""

    rows: list[Row]
    older: int | None

    @classmethod
    def of(cls, rows: QuerySet[Row], before: int | None) -> Self:
        if before is not None:
            rows = rows.filter(pk__lt=before)
        found = list(rows.order_by("-pk")[: PAGE + 1])
        return cls(found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None)


@dataclass(frozen=True)
class Written:
    """A comment, and the text of it that counts: the accepted one, or the newest."""

    comment: Comment
    text: str

    @classmethod
    def of(cls, comment: Comment) -> Self:
        newest = max(comment.revisions.all(), key=attrgetter("number"))
        return cls(comment, (comment.accepted_revision or newest).source)


@dataclass(frozen=True)
class Record:
    """How a member's comments, appeals and reports have fared."""

    comments: dict[str, int]
    appeals: dict[str, int]
    reports_made: dict[str, int]
    reports_against: dict[str, int]

    @classmethod
    def of(cls, member: Any) -> Self:
        return cls(
            comments=_counts_of_comments(member),
            appeals=_counts_of_appeals(member),
            reports_made=_counts_of_reports(Report.objects.by(member)),
            reports_against=_counts_of_reports(
                Report.objects.filter(comment__author=member)
            ),
        )


@dataclass(frozen=True)
class Reach:
    """What a bulk rejection from a moment on would refuse; counts stop at a cap."""

    since: datetime
    newest: int
    listed: list[Written]
    refusable: int
    left_alone: int

    @classmethod
    def of(cls, member: Any, since: datetime) -> Self:
        # The newest first: whatever is written while this is read is found later.
        newest = newest_text(member, since)
        written = Comment.objects.written_since(member, since)
        refusable = written.filter(REFUSABLE)
        return cls(
            since=since,
            newest=newest,
            listed=in_full(refusable)[:MOST_LISTED],
            refusable=_capped(refusable),
            left_alone=_capped(written.exclude(REFUSABLE)),
        )

    @property
    def unlisted(self) -> int:
        return self.refusable - len(self.listed)

    @property
    def is_capped(self) -> bool:
        return self.refusable > MOST_COUNTED


def in_full(comments: QuerySet[Comment], most: int = MOST_LISTED) -> list[Written]:
    rows = comments.select_related("article", "accepted_revision")
    found = rows.prefetch_related("revisions").order_by("-pk")[:most]
    return [Written.of(comment) for comment in found]


def sanctions_of(member: Any) -> list[Sanction]:
    """Newest first, with who decided and who took it back."""
    rows = Sanction.objects.of(member).select_related(
        "decision__decider",
        "decision__rule",
        "decision__revision",
        "lifted_by__decider",
    )
    return list(rows[:MOST_SANCTIONS])


def decisions_about(member: Any, before: int | None) -> Part[Decision]:
    rows = Decision.objects.owned_by(member)
    return Part.of(rows.select_related("decider", "rule", "comment__article"), before)


def comments_of(member: Any, before: int | None) -> Part[Comment]:
    rows = Comment.objects.filter(author=member)
    rows = rows.select_related("article", "accepted_revision")
    return Part.of(rows.prefetch_related("revisions"), before)


def notes_on(member: Any) -> list[Note]:
    rows = Note.objects.filter(member=member).select_related("author")
    return list(rows[:MOST_NOTES])


def ladder(sanctions: Sequence[Sanction]) -> str:
    """What was done before, and what usually comes next, as a sentence."""
    if not sanctions:
        return _("Nothing was done about this member before. ") + _next_step(None)
    steps = "; ".join(_said(sanction) for sanction in reversed(sanctions))
    standing = {s.measure for s in sanctions if s.lifted_by_id is None}
    gravest = next((step for step in reversed(LADDER) if step in standing), None)
    return _("Done before: %(steps)s. ") % {"steps": steps} + _next_step(gravest)


LADDER = [Measure.WARN, Measure.LIMIT, Measure.SUSPEND]


def _next_step(gravest: str | None) -> str:
    if gravest is None:
        return _("The usual first step is a warning.")
    if gravest == Measure.WARN:
        return _("The usual next step is a limit of some days.")
    if gravest == Measure.LIMIT:
        return _("The usual next step is a suspension of some days.")
    return _("The usual next step is a longer suspension.")


def _said(sanction: Sanction) -> str:
    decision = sanction.decision
    if decision.until is None:
        said = _("warned on %(day)s") % {"day": _day(decision.created_at)}
    elif sanction.measure == Measure.LIMIT:
        said = _("limited until %(day)s") % {"day": _day(decision.until)}
    else:
        said = _("suspended until %(day)s") % {"day": _day(decision.until)}
    if sanction.lifted_by is None:
        return said
    lifted = _day(sanction.lifted_by.created_at)
    return _("%(said)s, taken back on %(day)s") % {"said": said, "day": lifted}


def _day(moment: datetime) -> str:
    return date_format(localtime(moment), "DATE_FORMAT")


def _counts_of_comments(member: Any) -> dict[str, int]:
    return Comment.objects.filter(author=member).aggregate(
        accepted=Count("pk", filter=Q(state=State.PUBLISHED)),
        refused=Count("pk", filter=Q(state__in=REFUSED)),
        waiting=Count("pk", filter=Q(state__in=WAITING)),
        withdrawn=Count("pk", filter=Q(state=State.WITHDRAWN)),
    )


def _counts_of_appeals(member: Any) -> dict[str, int]:
    return Appeal.objects.filter(decision__comment__author=member).aggregate(
        made=Count("pk"),
        overturned=Count("pk", filter=Q(outcome=Appeal.Outcome.OVERTURNED)),
        upheld=Count("pk", filter=Q(outcome=Appeal.Outcome.UPHELD)),
    )


def _counts_of_reports(reports: QuerySet[Report]) -> dict[str, int]:
    return reports.aggregate(
        made=Count("pk"),
        acted=Count("pk", filter=Q(outcome=Report.Outcome.ACTED)),
        kept=Count("pk", filter=Q(outcome=Report.Outcome.KEPT)),
        open=Count("pk", filter=Q(outcome="")),
    )


def _capped(rows: QuerySet[Comment]) -> int:
    return rows.order_by("-pk")[: MOST_COUNTED + 1].count()


def written(comments: Iterable[Comment]) -> list[Written]:
    return [Written.of(comment) for comment in comments]
