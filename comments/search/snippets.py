"""A few words around what was found, as safe HTML. Pure."""

import re

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

START, END = MARKS = "\ue000", "\ue001"
"""Around what fits the query: private characters that no document has."""

LENGTH = 260
BEFORE = 70
MARKED = re.compile(f"{START}([^{START}{END}]*){END}")
SPACE = re.compile(r"\s+")

Span = tuple[int, int]


def in_full(marked: str) -> SafeString:
    text, spans = unmarked(marked)
    return _html(text, spans)


def snippet(marked: str) -> SafeString:
    """The stretch of the text with the most in it of what was looked for."""
    text, spans = unmarked(SPACE.sub(" ", marked).strip())
    start, end = _stretch(text, spans)
    inside = [(a - start, b - start) for a, b in spans if start <= a and b <= end]
    return format_html(
        "{}{}{}",
        "… " if start else "",
        _html(text[start:end], inside),
        " …" if end < len(text) else "",
    )


def unmarked(marked: str) -> tuple[str, list[Span]]:
    """The text without its marks, and where they were."""
    plain, spans, length, seen = [], [], 0, 0
    for found in MARKED.finditer(marked):
        before = _without_marks(marked[seen : found.start()])
        length += len(before)
        spans.append((length, length + len(found[1])))
        plain += [before, found[1]]
        length += len(found[1])
        seen = found.end()
    return "".join([*plain, _without_marks(marked[seen:])]), spans


def mark(text: str, spans: list[Span]) -> str:
    """The opposite: for an engine that read the text in another spelling."""
    pieces, seen = [], 0
    for start, end in spans:
        pieces += [text[seen:start], START, text[start:end], END]
        seen = end
    return "".join([*pieces, text[seen:]])


def _without_marks(text: str) -> str:
    return text.replace(START, "").replace(END, "")


def _html(text: str, spans: list[Span]) -> SafeString:
    pieces, seen = [], 0
    for start, end in spans:
        pieces.append(format_html("{}", text[seen:start]))
        pieces.append(format_html("<mark>{}</mark>", text[start:end]))
        seen = end
    pieces.append(format_html("{}", text[seen:]))
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _stretch(text: str, spans: list[Span]) -> Span:
    if len(text) <= LENGTH:
        return 0, len(text)
    start = max(0, _densest(spans) - BEFORE)
    start = min(start, len(text) - LENGTH)
    end = start + LENGTH
    # Whole words, where there are any.
    if start:
        start = _after_space(text, start)
    if end < len(text):
        end = _before_space(text, start, end)
    return start, end


def _densest(spans: list[Span]) -> int:
    """Where the stretch with the most marks begins; the first one of several."""
    best, most, last = 0, 0, 0
    for first, (start, _) in enumerate(spans):
        while last < len(spans) and spans[last][1] <= start - BEFORE + LENGTH:
            last += 1
        if last - first > most:
            best, most = start, last - first
    return best


def _after_space(text: str, start: int) -> int:
    space = text.find(" ", start, start + BEFORE)
    return start if space < 0 else space + 1


def _before_space(text: str, start: int, end: int) -> int:
    space = text.rfind(" ", max(start, end - BEFORE), end + 1)
    return end if space < 0 else space
