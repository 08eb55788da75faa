"""The picture that stands for an article where its address is shared. Pure."""

import io
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

import ethicsforum

WIDTH, HEIGHT = 1200, 630
EDITION = "1"
"""Changes when the drawing does."""

FONTS = Path(ethicsforum.__file__).parent / "static" / "fonts"
PAPER, INK, SOFT, ACCENT = "#fbf9f4", "#1f1c18", "#5d564a", "#15545d"
MARGIN = 84
ROOM = 350
"""Pixels from the title's top to where the foot begins."""
SIZES = (92, 80, 68, 58, 50)
LEADING = 1.12
MOST_CHARACTERS = 200


class Face:
    """Newsreader at one size, from the two files that hold its letters."""

    def __init__(self, size: int, weight: int) -> None:
        self.size = size
        self._files = {
            extended: _font(f"newsreader-{name}-roman.woff2", size, weight)
            for extended, name in ((False, "latin"), (True, "latin-ext"))
        }

    def width(self, text: str) -> float:
        return sum(self._files[ext].getlength(run) for run, ext in _runs(text))

    def draw(self, on: ImageDraw.ImageDraw, at: tuple[float, float], text: str) -> None:
        x, y = at
        for run, extended in _runs(text):
            font = self._files[extended]
            on.text((x, y), run, font=font, fill=INK, anchor="ls")
            x += font.getlength(run)


def share_image(title: str, *, site: str) -> bytes:
    """A PNG; with the site's name alone if the font lacks letters for the title."""
    words = next(filter(_has_letters_for, (title, site)), "")[:MOST_CHARACTERS]
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    on = ImageDraw.Draw(image)
    on.rectangle((0, 0, WIDTH, 14), fill=ACCENT)
    face, lines = _set(words)
    for number, line in enumerate(lines):
        face.draw(on, (MARGIN, 150 + number * face.size * LEADING), line)
    on.rectangle((MARGIN, 512, WIDTH - MARGIN, 514), fill=SOFT)
    if _has_letters_for(site):
        Face(40, 600).draw(on, (MARGIN, 570), site)
    png = io.BytesIO()
    image.quantize(32).save(png, "PNG", optimize=True)
    return png.getvalue()


def _set(words: str) -> tuple[Face, list[str]]:
    """The largest size at which the words fit; at the smallest they are cut."""
    for size in SIZES:
        face = Face(size, 560)
        lines = _wrapped(words, face)
        most = int(ROOM / (size * LEADING))
        if len(lines) <= most:
            return face, lines
    return face, [*lines[: most - 1], lines[most - 1] + " …"]


def _wrapped(words: str, face: Face) -> list[str]:
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and face.width(longer) <= WIDTH - 2 * MARGIN:
            lines[-1] = longer
        else:
            lines.extend(_pieces(word, face))
    return lines


def _pieces(word: str, face: Face) -> Iterator[str]:
    """The word, in parts if a line doesn't hold it."""
    piece = ""
    for sign in word:
        if piece and face.width(piece + sign) > WIDTH - 2 * MARGIN:
            yield piece
            piece = ""
        piece += sign
    yield piece


def _runs(text: str) -> Iterator[tuple[str, bool]]:
    for extended, signs in groupby(text, _is_extended):
        yield "".join(signs), extended


def _is_extended(sign: str) -> bool:
    return "\u0100" <= sign <= "\u02ba" or "\u1e00" <= sign <= "\u1eff"


def _has_letters_for(text: str) -> bool:
    return all(
        sign <= "\u00ff" or _is_extended(sign) or "\u2010" <= sign <= "\u2026"
        for sign in text
    )


def _font(name: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(FONTS / name, size)
    font.set_variation_by_axes([weight])
    return font
