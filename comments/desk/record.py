"""How an author has fared here, and what colleagues have written down about it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db.models import F, OuterRef, Q, Subquery, Window
from django.db.models.functions import RowNumber

from comments.desk.counting import CountAmong, CountOf, latest_of
from comments.models import Appeal, Decision, Note, Report, Sanction
from comments.states import REFUSED, State

LATELY = 5
LATEST = 200
"""Of a member's comments, those that their record counts."""


@dataclass(frozen=True)
class Record:
    """How an author's newest comments have fared."""

    accepted: int = 0
    refused: int = 0
    reversed: int = 0
    """Decisions about them that fell on appeal."""
    reported: int = 0
    """Reports against them that a moderator found right."""
    written: int = 0
    sanctions: tuple[Sanction, ...] = ()
    """Limits and suspensions that run now."""

    @property
    def is_of_latest(self) -> bool:
        """Older comments are not counted."""
        return self.written >= LATEST


NO_RECORD = Record()


def records_of(authors: Iterable[int | None]) -> dict[int, Record]:
    """Of any number of people, in two queries."""
    people = {pk for pk in authors if pk}
    if not people:
        return {}
    sanctions = _sanctions(people)
    members = get_user_model().objects.filter(pk__in=people).order_by()
    rows = members.values_list("pk", *_counts())
    return {
        pk: Record(
            accepted, refused, reversed_, reported, written, tuple(sanctions[pk])
        )
        for pk, accepted, refused, reversed_, reported, written in rows
    }


def _counts() -> list[Subquery]:
    """Accepted, refused, reversed, reported, written. Of one's newest comments: a
    member of many years costs no more than any other."""
    latest = latest_of(OuterRef("pk"), LATEST)
    reports = Report.objects.filter(
        outcome=Report.Outcome.ACTED,
        comment__in=latest_of(OuterRef(OuterRef("pk")), LATEST),
    )
    reversals = Appeal.objects.filter(
        outcome=Appeal.Outcome.OVERTURNED, appellant=OuterRef("pk")
    )
    return [
        CountAmong(latest, [State.PUBLISHED]),
        CountAmong(latest, REFUSED),
        CountOf(reversals.order_by().values("pk")),
        CountOf(reports.order_by().values("pk")),
        CountOf(latest),
    ]


def _sanctions(people: set[int]) -> dict[int, list[Sanction]]:
    running = Sanction.objects.running().filter(member__in=people)
    found: dict[int, list[Sanction]] = defaultdict(list)
    for sanction in running.select_related("decision__rule"):
        found[sanction.member_id or 0].append(sanction)
    return found


def decisions_lately(author: int | None, but: Iterable[int] = ()) -> list[Decision]:
    """The last interventions about a person, but for those about some comments."""
    about = Decision.objects.interventions().filter(comment__author=author or 0)
    rows = about.exclude(comment__in=but).select_related("decider", "rule", "comment")
    return list(rows.newest_first()[:LATELY])


@dataclass(frozen=True)
class Notes:
    """What colleagues noted, by comment and by member."""

    about_comment: dict[int, list[Note]]
    about_member: dict[int, list[Note]]


def notes_about(comments: Iterable[int], members: Iterable[int], most: int) -> Notes:
    """The newest few about each, newest first, in one query."""
    rank = Window(
        RowNumber(), partition_by=[F("comment"), F("member")], order_by=F("pk").desc()
    )
    wanted = Q(comment__in=set(comments)) | Q(member__in=set(members))
    rows = Note.objects.filter(wanted).annotate(rank=rank).filter(rank__lte=most)
    notes = Notes(defaultdict(list), defaultdict(list))
    for note in rows.select_related("author").order_by("-pk"):
        if note.comment_id:
            notes.about_comment[note.comment_id].append(note)
        elif note.member_id:
            notes.about_member[note.member_id].append(note)
    return notes
