"""Logos, seals and signatures: checked as they come in, and kept for ever under their SHA-256.

What somebody uploads is never stored or served: it is read, and drawn anew as a PNG without anything
but its pixels. Issued certificates name their pictures by SHA-256, so these files are never deleted.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from functools import lru_cache

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from certificates.models import document_storage

HEAVIEST = 500_000  # bytes
MOST_PIXELS = 4_000_000
# A signature on paper is six centimetres wide: more pixels than this no printer shows.
WIDEST, TALLEST = 900, 450
FORMATS = ("PNG", "JPEG")


class BadPicture(ValueError):
    """An uploaded file that cannot be used, with a sentence that says why and what to do."""


class PictureLost(RuntimeError):
    """A kept picture is missing, or is not what was kept."""


def cleaned(upload: UploadedFile) -> bytes:
    """The uploaded picture as a PNG of at most WIDEST × TALLEST pixels, without metadata.

    What kind of file it is, its content says and not its name. Raises BadPicture.
    """
    if (upload.size or 0) > HEAVIEST:
        raise BadPicture(_("The file is larger than 500 kB. Choose a smaller one."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(upload, formats=FORMATS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise BadPicture(_("The picture has more than 4 million pixels. Make it smaller."))
                if getattr(opened, "n_frames", 1) > 1:
                    raise BadPicture(_("The picture moves. Choose one that does not."))
                return _drawn_anew(opened)
    except BadPicture:
        raise
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise BadPicture(_("This is not a PNG or JPEG picture.")) from None
    except (OSError, SyntaxError, ValueError, MemoryError):
        raise BadPicture(_("The picture is damaged. Save it anew and try again.")) from None


def keep(png: bytes) -> str:
    """Keep a cleaned picture; returns its SHA-256. The same picture is kept once."""
    digest = hashlib.sha256(png).hexdigest()
    storage = document_storage()
    if not storage.exists(_place(digest)):
        storage.save(_place(digest), ContentFile(png))
    return digest


def read(digest: str) -> bytes:
    """The kept picture; raises PictureLost when it is not there as it was kept."""
    try:
        return _read(digest)
    except (OSError, KeyError) as fault:
        raise PictureLost(f"The picture {digest} is missing.") from fault


@lru_cache(maxsize=32)  # a print run asks for the same four a thousand times
def _read(digest: str) -> bytes:
    with document_storage().open(_place(digest)) as file:
        png: bytes = file.read()
    if hashlib.sha256(png).hexdigest() != digest:
        raise PictureLost(f"The picture {digest} has changed.")
    return png


def _place(digest: str) -> str:
    return f"pictures/{digest[:2]}/{digest}.png"


def _drawn_anew(opened: Image.Image) -> bytes:
    upright = ImageOps.exif_transpose(opened)
    is_see_through = upright.has_transparency_data
    is_grey = upright.mode in ("1", "L") and not is_see_through
    pixels = upright.convert("RGBA" if is_see_through else "L" if is_grey else "RGB")
    pixels.thumbnail((WIDEST, TALLEST), Image.Resampling.LANCZOS)
    plain = Image.new(pixels.mode, pixels.size)  # carries no metadata over
    # what cannot be seen at all becomes the same everywhere, and weighs nothing
    seen = pixels.getchannel("A").point(lambda value: 255 if value else 0) if is_see_through else None
    plain.paste(pixels, mask=seen)
    out = io.BytesIO()
    plain.save(out, "PNG", optimize=True)
    return out.getvalue()
