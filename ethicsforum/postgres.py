"""How this site talks to PostgreSQL: nothing waits for ever, on either side."""

from typing import Any

CONNECT_SECONDS = 5
LOCK_SECONDS = 10
"""For a row that another transaction holds; longer than any of ours takes."""
IDLE_SECONDS = 60
"""In an open transaction that asks nothing: its process hangs, and so do others."""

DEAD_HOST = {
    # A host that vanished answers nothing, not even that it is gone.
    "keepalives_idle": 20,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}


def configured(
    database: dict[str, Any], *, seconds: int, pooled: bool
) -> dict[str, Any]:
    """What DATABASE_URL says, and the rest; what the address says itself counts."""
    options: dict[str, Any] = {"connect_timeout": CONNECT_SECONDS, **DEAD_HOST}
    if seconds and not pooled:
        options["options"] = _limits(seconds)
    return {
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # A cursor on the server is one session's; a pooler hands out another each time.
        "DISABLE_SERVER_SIDE_CURSORS": pooled,
        **database,
        "OPTIONS": {**options, **database.get("OPTIONS", {})},
    }


def _limits(seconds: int) -> str:
    """Given when the connection is made; a pooler passes no such word on."""
    limits = {
        "statement_timeout": seconds,
        "lock_timeout": min(seconds, LOCK_SECONDS),
        "idle_in_transaction_session_timeout": IDLE_SECONDS,
    }
    return " ".join(f"-c {name}={1000 * value}" for name, value in limits.items())
