"""What a moderator sees: cards, the page of one item, what was selected."""

from comments.desk.cards import Card, cards
from comments.desk.dossier import Dossier, dossier
from comments.desk.line import next_item, summary
from comments.desk.selection import Selection, sort_out

__all__ = [
    "Card",
    "Dossier",
    "Selection",
    "cards",
    "dossier",
    "next_item",
    "sort_out",
    "summary",
]
