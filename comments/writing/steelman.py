"""What the other person means, said first: a quote above the reply. Pure.

It is part of the text, so that whoever screens, edits, compares or searches the
comment has one text before them.
"""

from django.utils.translation import gettext as _

MOST_CHARACTERS = 600


def compose(steelman: str, body: str) -> str:
    """The reply with what its writer understood standing above it."""
    if not steelman.strip():
        return body
    label = _("As I understand you:")
    lines = (f"*{label}*", *steelman.strip().splitlines())
    quote = "\n".join(f"> {line}".rstrip() for line in lines)
    return f"{quote}\n\n{body}"
