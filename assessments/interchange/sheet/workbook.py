"""Our spreadsheet as a file: an XLSX, or a zip of it and its media. No formula is ever written or read."""

import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import IO, Any
from xml.etree.ElementTree import ParseError

import xlsxwriter
from defusedxml import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from assessments.interchange.archive import Archive
from assessments.interchange.draft import Draft
from assessments.interchange.errors import InterchangeError, Notice, Place
from assessments.interchange.item import Item, Skipped, Written
from assessments.interchange.limits import USUAL, Limits
from assessments.interchange.sheet.columns import COLUMNS, LONGEST_CELL, PARTS, SHEET, TEXTS, column
from assessments.interchange.sheet.lines import Line, exact_line, lines_of
from assessments.interchange.sheet.questions import Question, grouped
from assessments.scoring import KINDS

FORMAT = "sheet"
BOOK = "questions.xlsx"
_MOST_COLUMNS = 100
_LINES_PER_QUESTION = 20
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def write(items: Iterable[Item]) -> Written:
    """The spreadsheet of all questions; a zip of it and the media when there are any."""
    lines: list[Line] = []
    notices: dict[int, tuple[Notice, ...]] = {}
    media: dict[str, bytes] = {}
    for place, item in enumerate(items):
        found = lines_of(item)
        if _read_back(found, item) != item.content():
            found.append(exact_line(item))
            if _read_back(found, item) != item.content():
                notices[place] = (Notice("details", {"name": "spec"}),)
        lines += [piece for line in found for piece in _pieces(line)]
        for file in item.media:
            shared = media.setdefault(f"media/{file.name}", file.content)
            if shared != file.content:
                media[f"media/{place + 1}/{file.name}"] = file.content
    book = _book(lines)
    if not media:
        return Written(book, BOOK, _SPREADSHEET, notices)
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in ((BOOK, book), *media.items()):
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return Written(stream.getvalue(), "questions.zip", "application/zip", notices)


def _read_back(lines: list[Line], item: Item) -> Item | None:
    contents = {file.name: file.content for file in item.media}
    copies = [(number, dict(line)) for number, line in enumerate(lines)]
    try:
        read = Question(copies, Draft(FORMAT, Place(), item.language), contents.get).item()
    except InterchangeError:
        return None
    return read.content() if isinstance(read, Item) else None


def _pieces(line: Line) -> Iterator[Line]:
    """A line, and lines that go on with the cells that are too long for one."""
    rest = line
    first = True
    while rest:
        piece = {key: text[:LONGEST_CELL] for key, text in rest.items()}
        yield piece if first else piece | {("part", ""): "more"}
        rest = {key: text[LONGEST_CELL:] for key, text in rest.items() if len(text) > LONGEST_CELL}
        first = False


def _book(lines: list[Line]) -> bytes:
    stream = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, {"in_memory": True, **options}) as book:
        sheet = book.add_worksheet(SHEET)
        languages = dict.fromkeys(code for line in lines for _name, code in line if code)
        columns = [(name, "") for name in COLUMNS] + [(name, code) for code in languages for name in TEXTS]
        wrapped, bold = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"bold": True})
        sheet.set_column(0, len(columns) - 1, 14, wrapped)
        for name in ("text", "match", "feedback"):
            at = columns.index((name, ""))
            sheet.set_column(at, at, 45, wrapped)
        for at, (name, code) in enumerate(columns):
            sheet.write_string(0, at, f"{name} [{code}]" if code else name, bold)
        places = {key: at for at, key in enumerate(columns)}
        for row, line in enumerate(lines, 1):
            for key, text in line.items():
                sheet.write_string(row, places[key], text, wrapped)
        sheet.freeze_panes(1, 0)
        sheet.data_validation(1, 0, 100_000, 0, {"validate": "list", "source": list(KINDS)})
        sheet.data_validation(1, 1, 100_000, 1, {"validate": "list", "source": list(filter(None, PARTS))})
    return stream.getvalue()


def read(stream: IO[bytes], *, language: str = "en", limits: Limits = USUAL) -> Iterator[Item | Skipped]:
    """Yield the questions of a spreadsheet, or of a zip with one and its media."""
    archive = Archive(stream, limits)
    files: Archive | None = None
    if "[Content_Types].xml" not in archive:
        books = [name for name in archive.names if name.lower().endswith(".xlsx") and "/." not in name]
        if len(books) != 1:
            raise InterchangeError("bad_workbook")
        files, stream = archive, BytesIO(archive.read(books[0]))
        Archive(stream, limits)
    stream.seek(0)
    lines = _lines(stream, limits)
    for place, group in enumerate(grouped(lines), 1):
        if place > limits.questions:
            raise InterchangeError("too_many", Place("", group[0][0]), most=limits.questions)

        def attach(name: str, place: int = place) -> bytes | None:
            found = (f"media/{place}/{name}", f"media/{name}")
            path = next((one for one in found if files and one in files), None)
            return files.read(path, limits.media_bytes) if files and path else None

        yield Question(group, Draft(FORMAT, Place("", group[0][0]), language, limits), attach).item()


_BROKEN = (
    *(InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError),
    *(IndexError, OSError, EOFError, ParseError, DefusedXmlException, RecursionError, NotImplementedError),
)


def _lines(stream: IO[bytes], limits: Limits) -> Iterator[tuple[int, Line]]:
    """The filled cells of each line by column, with its number."""
    try:
        # the library is given files that people made with many programs: whatever it stumbles over
        # is a damaged file, not a fault of ours
        book = load_workbook(stream, read_only=True, keep_links=False)
        sheet = book[SHEET] if SHEET in book.sheetnames else None
    except _BROKEN as error:
        raise InterchangeError("bad_workbook") from error
    if sheet is None:
        raise InterchangeError("no_sheet", name=SHEET)
    rows = sheet.iter_rows(max_col=_MOST_COLUMNS)
    columns: dict[int, tuple[str, str]] = {}
    number = 0
    while True:
        try:
            row = next(rows, None)
        except _BROKEN as error:
            raise InterchangeError("bad_workbook", Place("", number)) from error
        if row is None:
            return
        number += 1
        if number > limits.questions * _LINES_PER_QUESTION:
            raise InterchangeError("too_many", Place("", number), most=limits.questions)
        if not columns:
            columns = _columns(row)
            continue
        line = {columns[at]: _words(cell, number, limits) for at, cell in enumerate(row) if at in columns}
        filled = {key: text for key, text in line.items() if text}
        if filled:
            yield number, filled


def _columns(row: Iterable[Any]) -> dict[int, tuple[str, str]]:
    titles = {at: str(cell.value) for at, cell in enumerate(row) if cell.value is not None}
    columns = {at: found for at, title in titles.items() if (found := column(title))}
    for name in ("kind", "text"):
        if (name, "") not in columns.values():
            raise InterchangeError("no_column", Place("", 1), name=name)
    return columns


def _words(cell: Any, number: int, limits: Limits) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        raise InterchangeError("formula", Place("", number))
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.10f}".rstrip("0").rstrip(".")
    text = str(value).replace("\r\n", "\n")
    if len(text) > limits.text_characters:
        raise InterchangeError("text_too_long", Place("", number), most=limits.text_characters)
    return text
