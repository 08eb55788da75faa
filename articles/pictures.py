"""An editor's upload made into the files that readers get: bytes in, bytes out."""

import hashlib
import io
import warnings
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_BYTES = 15_000_000
MOST_PIXELS = 40_000_000
WIDTHS = (480, 960, 1600)
QUALITY = 80


@dataclass(frozen=True)
class Prepared:
    digest: str
    width: int
    height: int
    files: dict[int, bytes]
    """WebP by width; the largest is what `width` and `height` are of."""


def prepare(upload: bytes) -> Prepared:
    """ValidationError says what is wrong with the upload."""
    if len(upload) > MOST_BYTES:
        most = {"most": MOST_BYTES // 1_000_000}
        raise ValidationError(_("A picture has at most %(most)s MB."), params=most)
    image = _decoded(upload)
    files = {width: _webp(image, width) for width in widths_of(image.width)}
    width, height = _size(image, max(files))
    # Named by what is in it: an address never shows another picture.
    digest = hashlib.sha256(b"".join(files.values())).hexdigest()[:16]
    return Prepared(digest, width, height, files)


def widths_of(width: int) -> list[int]:
    """A small picture is never blown up."""
    largest = min(width, WIDTHS[-1])
    return [*(each for each in WIDTHS if each < largest), largest]


def _decoded(upload: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            # Its own limit is ours below, on the size that the file's head gives.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            found = Image.open(io.BytesIO(upload), formats=FORMATS)
        if found.width * found.height > MOST_PIXELS:
            most = {"most": MOST_PIXELS // 1_000_000}
            message = _("A picture has at most %(most)s million pixels.")
            raise ValidationError(message, params=most)
        turned = ImageOps.exif_transpose(found)
        # Only pixels go on: no place, no camera, no hidden thumbnail.
        return turned.convert("RGBA" if _see_through(turned) else "RGB")
    except (UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise ValidationError(_("This is no JPEG, PNG or WebP picture.")) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise ValidationError(_("The picture is damaged.")) from error


def _see_through(image: Image.Image) -> bool:
    return image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info


def _webp(image: Image.Image, width: int) -> bytes:
    fitted = image.resize(_size(image, width), Image.Resampling.LANCZOS)
    made = io.BytesIO()
    # A fresh image has nothing but its pixels.
    fitted.info = {}
    fitted.save(made, "WEBP", quality=QUALITY, method=4, exif=b"", icc_profile=b"")
    return made.getvalue()


def _size(image: Image.Image, width: int) -> tuple[int, int]:
    return width, max(1, round(image.height * width / image.width))
