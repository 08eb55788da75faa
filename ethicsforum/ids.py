"""Ids as they come from outside: in an address, a form, a cursor. Pure."""

LONGEST = 18
"""Digits; more would not fit the database."""


def as_id(raw: str) -> int | None:
    """None for what is no id. ASCII digits only: int() takes other scripts' too."""
    fits = raw.isascii() and raw.isdigit() and len(raw) <= LONGEST
    return int(raw) if fits else None
