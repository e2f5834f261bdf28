"""An XLSX file: what somebody typed is never a formula, and the last line counts the rows."""

import tempfile
from collections.abc import Iterable
from typing import IO

import xlsxwriter

from courses.csv_file import Cell, last_line


def xlsx_file(headings: Iterable[str], rows: Iterable[Iterable[Cell]], *, title: str) -> IO[bytes]:
    """Return a finished workbook as an open file, at its beginning; it is deleted when closed.

    Only one row at a time is held in memory. Texts are written as texts, never as formulas.
    """
    file = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115 - the response closes it
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet = book.add_worksheet(title)
    sheet.freeze_panes(1, 1)
    bold = book.add_format({"bold": True})
    for place, heading in enumerate(headings):
        sheet.write_string(0, place, heading, bold)
    line = 0
    for line, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            if isinstance(cell, (int, float)):
                sheet.write_number(line, place, cell)
            elif cell:
                sheet.write_string(line, place, cell)
    sheet.write_string(line + 1, 0, last_line(line))
    book.close()
    file.seek(0)
    return file
