"""How much a file may hold. Every reader takes these, so that tests and sites can set others."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Bounds of one import; beyond any of them the file is refused."""

    file_bytes: int = 100 * MEGABYTE
    questions: int = 10_000
    text_characters: int = 100_000
    media_bytes: int = 20 * MEGABYTE
    xml_depth: int = 64
    html_depth: int = 48
    zip_entries: int = 20_000
    zip_bytes: int = 400 * MEGABYTE
    # honest texts shrink to a twentieth; small entries may shrink more
    zip_ratio: int = 150
    zip_ratio_from: int = MEGABYTE


USUAL = Limits()
