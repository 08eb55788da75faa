"""The published comments of a page as schema.org has them, nested as they answer."""

import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder

from comments.models import Comment
from comments.states import State
from comments.threads import STEP
from ethicsforum.markup import plain_text

# As Django's json_script: no sign is left that could end the element.
ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}
MOST = 50
"""Comments that a page tells machines of."""


def comment_data(comment: Comment) -> dict[str, Any] | None:
    """None for what is not published."""
    if comment.state != State.PUBLISHED or comment.accepted_revision is None:
        return None
    address = settings.SITE_URL + comment.get_absolute_url()
    return {
        "@type": "Comment",
        "@id": address,
        "url": address,
        "author": {"@type": "Person", "name": comment.author_name},
        "datePublished": comment.published_at,
        "text": plain_text(comment.accepted_revision.html),
    }


def nested(found: Iterable[tuple[str, dict[str, Any]]]) -> list[dict[str, Any]]:
    """By their paths: each within the one it answers, if that is among them."""
    made: dict[str, dict[str, Any]] = {}
    roots: list[dict[str, Any]] = []
    for path, data in found:
        made[path] = data
        above = made.get(path[:-STEP])
        if above is None:
            roots.append(data)
        else:
            above.setdefault("comment", []).append(data)
    return roots


def as_json(data: dict[str, Any]) -> str:
    """To be put within a script element."""
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False)
    return text.translate(ESCAPES)
