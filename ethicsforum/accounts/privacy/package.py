"""The file that a member takes along: all of it as JSON, and as a page to read."""

import json
import zipfile
from collections.abc import Callable
from typing import IO, Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import timezone

from ethicsforum.accounts.privacy.registry import Holding, holdings

CHUNK = 500

Progress = Callable[[int], None]


def exported() -> list[Holding]:
    return [holding for holding in holdings() if holding.fields]


def write_package(member: Any, to: IO[bytes], progress: Progress) -> None:
    """`progress` hears how many sections are done."""
    sections = []
    for number, holding in enumerate(exported(), start=1):
        sections.append(_section(holding, member))
        progress(number)
    data = {**_about(), "sections": sections, "left_out": _left_out()}
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", _as_json(data))
        archive.writestr("index.html", render_to_string("privacy/export.html", data))


def _about() -> dict[str, Any]:
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "made_at": timezone.now(),
    }


def _section(holding: Holding, member: Any) -> dict[str, Any]:
    rows = holding.rows(member).values(*holding.fields)
    found = [
        {_label(name): value for name, value in row.items()}
        for row in rows.iterator(chunk_size=CHUNK)
    ]
    return {"key": holding.key, "what": str(holding.what), "rows": found}


def _label(path: str) -> str:
    return path.replace("__", " ").replace("_", " ")


def _left_out() -> list[dict[str, str]]:
    return [
        {"what": str(holding.what), "why": str(holding.why)}
        for holding in holdings()
        if not holding.fields
    ]


def _as_json(data: dict[str, Any]) -> str:
    return json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
