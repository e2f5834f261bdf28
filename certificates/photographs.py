"""The QR codes in a picture that somebody hands in: of a bounded size, and never kept."""

from __future__ import annotations

import io

import zxingcpp
from PIL import Image

FORMATS = ("JPEG", "PNG", "WEBP")
# of JPEG, PNG, WebP and of kinds that are not read: GIF, TIFF, BMP
BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF", b"GIF8", b"II*\0", b"MM\0*", b"BM")
QR_CODES = zxingcpp.barcode_formats_from_str("QRCode")
HEIF = b"ftyp"  # after four bytes; what iPhones make unless they are asked for JPEG
# A page at 400 dots to the inch may unfold in memory. A telephone's larger sensor is read at a half of its
# size, as JPEG allows.
MOST_POINTS, MOST_POINTS_OF_JPEG = 16_000_000, 64_000_000


class NotReadable(ValueError):
    """The picture is damaged, too large or of another kind."""


def is_picture(data: bytes) -> bool:
    """Whether a file looks like a picture, of a kind that is read or of another."""
    return data.startswith(BEGINNINGS) or data[4:8] == HEIF


def codes(data: bytes) -> list[str]:
    """The texts of the QR codes in a picture. Raises NotReadable."""
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            if MOST_POINTS < picture.width * picture.height <= MOST_POINTS_OF_JPEG:
                # other formats ignore it
                picture.draft("L", (picture.width // 2, picture.height // 2))
            if picture.width * picture.height > MOST_POINTS:
                raise NotReadable("The picture has too many points.")
            grey = picture.convert("L")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as fault:
        raise NotReadable("The picture cannot be read.") from fault
    found = zxingcpp.read_barcodes(grey, formats=QR_CODES, text_mode=zxingcpp.TextMode.Plain)
    return [code.text for code in found]
