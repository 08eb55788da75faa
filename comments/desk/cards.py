"""What a moderator sees of each item: everything one decision needs, in few queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import Any

from django.utils import timezone

from comments.desk.complaints import Hearing, Reports, hearings, reports_on
from comments.desk.conversation import NONE_ABOVE, Ancestors, ancestors
from comments.desk.record import NO_RECORD, Notes, Record, notes_about, records_of
from comments.desk.similar import MOST_ALIKE, count_alike
from comments.desk.urgency import allowance, because, severity_name
from comments.diffs import Piece, changes
from comments.models import Comment, Note, QueueItem, Report
from comments.screening.reasons import for_moderator
from ethicsforum.markup import Part, left_out

Kind = QueueItem.Kind
FEW = 3
"""Reports and notes of each card that are shown in a list."""


@dataclass(frozen=True)
class Card:
    item: QueueItem
    record: Record = NO_RECORD
    above: Ancestors = NONE_ABOVE
    reports: Reports | None = None
    hearing: Hearing | None = None
    comment_notes: Sequence[Note] = ()
    author_notes: Sequence[Note] = ()
    same_text: int = 0
    same_author: int = 0
    """Others that wait: with this text, by this author. Neither is counted beyond
    one more than `most_alike`."""
    most_alike: int = MOST_ALIKE

    @property
    def comment(self) -> Comment:
        return self.item.comment

    @property
    def form_id(self) -> str:
        return f"decide-{self.item.pk}"

    @property
    def is_edit(self) -> bool:
        """Of a text that is up: a later one waits."""
        accepted = self.comment.accepted_revision
        return accepted is not None and accepted.number < self.item.revision.number

    @cached_property
    def changes(self) -> list[Piece]:
        """Against the text that is up."""
        accepted = self.comment.accepted_revision
        if accepted is None or not self.is_edit:
            return []
        return changes(accepted.source, self.item.revision.source)

    @cached_property
    def left_out(self) -> list[tuple[Part, str]]:
        return left_out(self.item.revision.source)

    @property
    def why(self) -> list[str]:
        return [for_moderator(finding) for finding in self.item.findings]

    @property
    def rule_hint(self) -> str:
        """The code of the rule that the screening, the weightiest report or the
        contested decision named."""
        named = [finding.get("rule") for finding in self.item.findings]
        named += [report.rule.code for report in self._said if report.rule]
        if self.hearing and self.hearing.appeal.decision.rule:
            named = [self.hearing.appeal.decision.rule.code]
        return next((code for code in named if code), "")

    @property
    def _said(self) -> Sequence[Report]:
        return self.reports.said if self.reports else ()

    @property
    def severity_name(self) -> str:
        return severity_name(self.item)

    @property
    def because(self) -> str:
        return because(self.item)

    @property
    def allowance(self) -> str:
        return allowance(self.item)

    @property
    def is_overdue(self) -> bool:
        return self.item.is_open and self.item.due_at < timezone.now()

    @property
    def claimant(self) -> Any:
        return self.item.claimant() if self.item.is_open else None

    @property
    def claim_minutes(self) -> int:
        until = self.item.claimed_until
        return ceil((until - timezone.now()).total_seconds() / 60) if until else 0

    @property
    def hands(self) -> tuple[Any, ...] | None:
        """What the buttons and panels below the card depend on beside its id; None
        where somebody has had a hand in it and they say so."""
        item = self.item
        if self.claimant or self.is_snoozed or item.escalated_at or self.hearing:
            return None
        return item.kind, self.rule_hint, self.comment.author_id is None

    @property
    def is_snoozed(self) -> bool:
        until = self.item.snoozed_until
        return self.item.is_open and until is not None and until > timezone.now()


def cards(items: Iterable[QueueItem], viewer: Any = None) -> list[Card]:
    """However many items there are, the queries stay as many."""
    rows = list(items)
    comments = [row.comment for row in rows]
    people = {comment.author_id for comment in comments if comment.author_id}
    records = records_of(people)
    above = ancestors(comments)
    reports = reports_on((comment.pk for comment in comments), FEW)
    heard = hearings(rows)
    notes = notes_about((comment.pk for comment in comments), people, FEW)
    alike = count_alike(rows, viewer)
    return [
        Card(
            row,
            record=records.get(row.comment.author_id or 0, NO_RECORD),
            above=above[row.comment_id],
            reports=reports.get(row.comment_id),
            hearing=heard.get(row.pk),
            comment_notes=_notes_on_comment(row, notes),
            author_notes=notes.about_member.get(row.comment.author_id or 0, ()),
            same_text=alike.beside(row)[0],
            same_author=alike.beside(row)[1],
        )
        for row in rows
    ]


def _notes_on_comment(item: QueueItem, notes: Notes) -> Sequence[Note]:
    """None for a second opinion: a note might tell what was decided."""
    if item.is_second_opinion:
        return ()
    return notes.about_comment.get(item.comment_id, ())
