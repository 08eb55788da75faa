"""What the discussion holds of a person, and for how long."""

from comments.personal import members, moderators, periods
from ethicsforum.accounts.privacy.registry import declare_impersonal

__all__ = ["members", "moderators", "periods"]

declare_impersonal(
    comments__Rule="the house rules",
    comments__WatchedWord="words that make one look twice",
    comments__ScreeningPolicy="thresholds",
)
