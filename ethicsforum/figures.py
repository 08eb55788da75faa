"""Pictures in an article: what is said of one, and what HTML may say. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

PICTURE = re.compile(r"picture:(\d{1,9})")
FILE = r"/media/pictures/[0-9a-f]{16}-\d{1,4}\.webp"
SIZES = "(min-width: 40rem) 37rem, 100vw"
IMG = {
    "src": re.compile(FILE),
    "srcset": re.compile(rf"{FILE} \d{{1,4}}w(?:, {FILE} \d{{1,4}}w)*"),
    "sizes": re.compile(re.escape(SIZES)),
    "width": re.compile(r"\d{1,5}"),
    "height": re.compile(r"\d{1,5}"),
    "loading": re.compile("lazy"),
    "alt": re.compile(r".*", re.DOTALL),
}
"""What an `img` may say: exactly this, in all of it."""


@dataclass(frozen=True)
class Figure:
    src: str
    srcset: str
    width: int
    height: int
    alt: str
    credit: str = ""


Figures = Mapping[int, Figure]


def picture_ids(source: str) -> set[int]:
    """Of every picture that the text may ask for."""
    return {int(found) for found in PICTURE.findall(source)}


def figure_html(figure: Figure, words: str) -> str:
    """What stands inside `figure`; the text's own words go before the picture's."""
    said = {
        "alt": words or figure.alt,
        "height": figure.height,
        "loading": "lazy",
        "sizes": SIZES,
        "src": figure.src,
        "srcset": figure.srcset,
        "width": figure.width,
    }
    pairs = (f'{name}="{escape(str(value))}"' for name, value in said.items())
    credit = escape(figure.credit, quote=False)
    return f"<img {' '.join(pairs)}>" + (
        f"<figcaption>{credit}</figcaption>" if credit else ""
    )
