"""What a moderator sees: cards, and the page of one item."""

from comments.desk.cards import Card, cards
from comments.desk.dossier import Dossier, dossier
from comments.desk.line import summary

__all__ = [
    "Card",
    "Dossier",
    "cards",
    "dossier",
    "summary",
]
