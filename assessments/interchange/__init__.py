"""Questions from and for other products: pure, streaming, and suspicious of every file.

``read`` yields an ``Item`` or ``Skipped`` for each question of a file; ``write`` makes a file of items.
A file that is malformed, hostile or too large is an ``InterchangeError`` with one sentence and, where
known, the place; what a format cannot hold is a ``Notice`` at the question. Nothing here knows Django,
writes to the disk, loads anything from elsewhere or executes what a file holds.
"""

from assessments.interchange.errors import InterchangeError, Notice, Place
from assessments.interchange.formats import READERS, WRITERS, detect, read, write
from assessments.interchange.item import Hint, Item, Media, Option, Reply, Skipped, Source, Written
from assessments.interchange.limits import USUAL, Limits

__all__ = [
    "READERS",
    "USUAL",
    "WRITERS",
    "Hint",
    "InterchangeError",
    "Item",
    "Limits",
    "Media",
    "Notice",
    "Option",
    "Place",
    "Reply",
    "Skipped",
    "Source",
    "Written",
    "detect",
    "read",
    "write",
]
