"""What the page of one item has beyond its card."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from comments.desk.cards import Card
from comments.desk.complaints import Reports, reports_on
from comments.desk.conversation import far_ancestors
from comments.desk.record import decisions_lately
from comments.desk.similar import Alike, similar_to
from comments.models import Comment, Decision

MOST_REPORTS = 50


@dataclass(frozen=True)
class Dossier:
    far: Sequence[Comment]
    reports: Reports | None
    lately: Sequence[Decision]
    similar: Sequence[Alike]


def dossier(card: Card, viewer: Any) -> Dossier:
    item = card.item
    # Whoever gives a second opinion must not read the first one here.
    unseen = [item.comment_id] if item.is_second_opinion else []
    return Dossier(
        far=far_ancestors(card.comment),
        reports=reports_on([item.comment_id], MOST_REPORTS).get(item.comment_id),
        lately=decisions_lately(card.comment.author_id, unseen),
        similar=similar_to(item, viewer) if item.is_open else (),
    )
