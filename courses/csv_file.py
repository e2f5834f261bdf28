"""A CSV file, line by line: what somebody typed is never a formula, and the last line counts the rows."""

import csv
from collections.abc import Iterable, Iterator

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BOM = "\ufeff"  # by which Excel knows that the file is UTF-8

Cell = str | int | float


class _Line:
    """What csv.writer writes to: it hands each line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def csv_lines(headings: Iterable[Cell], rows: Iterable[Iterable[Cell]]) -> Iterator[str]:
    """Yield the lines of a CSV file, each as soon as its row is there; the last counts the rows."""
    writer = csv.writer(_Line())
    yield BOM + writer.writerow([_safe(cell) for cell in headings])
    count = 0
    for row in rows:
        yield writer.writerow([_safe(cell) for cell in row])
        count += 1
    yield f"{last_line(count)}\r\n"


def last_line(count: int) -> str:
    """Return the words that end every file, the same in all languages: # rows: 20000."""
    return f"# rows: {count}"


def _safe(cell: Cell) -> Cell:
    """Keep a spreadsheet from taking a text that somebody typed for a formula."""
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return f"'{cell}"
    return cell


def in_pieces(lines: Iterable[str], size: int = 32_000) -> Iterator[bytes]:
    """Yield lines as UTF-8 in pieces worth a packet, so that 20,000 rows are not 20,000 writes."""
    held: list[str] = []
    length = 0
    for line in lines:
        held.append(line)
        length += len(line)
        if length >= size:
            yield "".join(held).encode()
            held, length = [], 0
    yield "".join(held).encode()
