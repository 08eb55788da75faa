"""How an author has fared here, and what colleagues have written down about it."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from comments.models import Appeal, Comment, Decision, Note, Report, Sanction
from comments.states import REFUSED, State

LATELY = 5


@dataclass(frozen=True)
class Record:
    """How an author's comments have fared."""

    accepted: int = 0
    refused: int = 0
    reversed: int = 0
    """Decisions about them that fell on appeal."""
    reported: int = 0
    """Reports against them that a moderator found right."""
    sanctions: tuple[Sanction, ...] = ()
    """Limits and suspensions that run now."""


NO_RECORD = Record()


def records_of(authors: Iterable[int | None]) -> dict[int, Record]:
    """Of any number of people, in four queries."""
    people = {pk for pk in authors if pk}
    if not people:
        return {}
    fared = _fared(people)
    reversals = _tally(
        Appeal.objects.filter(
            outcome=Appeal.Outcome.OVERTURNED, appellant__in=people
        ).values_list("appellant")
    )
    reports = _tally(
        Report.objects.filter(
            outcome=Report.Outcome.ACTED, comment__author__in=people
        ).values_list("comment__author")
    )
    sanctions = _sanctions(people)
    return {
        pk: Record(
            *fared.get(pk, (0, 0)), reversals[pk], reports[pk], tuple(sanctions[pk])
        )
        for pk in people
    }


def _fared(people: set[int]) -> dict[int, tuple[int, int]]:
    rows = (
        Comment.objects.filter(author__in=people)
        .values_list("author")
        .annotate(
            accepted=Count("pk", filter=Q(state=State.PUBLISHED)),
            refused=Count("pk", filter=Q(state__in=REFUSED)),
        )
    )
    return {author: (accepted, refused) for author, accepted, refused in rows}


def _tally(people: Any) -> Counter[int]:
    return Counter(dict(people.order_by().annotate(Count("pk"))))


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
