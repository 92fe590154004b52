"""What every workbook of ours has in common: a heading that stays in sight, its paper, texts that stay texts."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from math import ceil
from tempfile import TemporaryFile
from typing import IO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.page import PageMargins

from directives.extraction.tidy import UNPRINTABLE

# The face of all other cells: of a font without a name each program takes another.
BOLD = Font(name="Calibri", size=11, bold=True)
TOP = Alignment(wrap_text=True, vertical="top")
# A day or a place in a list stands apart from the text beside it.
AMID = Alignment(wrap_text=True, vertical="top", horizontal="center")
CENTRE = Alignment(wrap_text=True, vertical="center")
MIDDLE = Alignment(wrap_text=True, vertical="center", horizontal="center")
LINES = Border(*[Side("thin", color="8A9189")] * 4)
HEAD = PatternFill("solid", fgColor="ECEEE9")
A4, A3 = 9, 8
# Inches: as little as printers leave free, so that wide tables are printed as large as the paper allows.
MARGINS = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6, header=0.3, footer=0.3)
DAY, MOMENT, PERCENT = "dd/mm/yyyy", "hh:mm dd/mm/yyyy", "0.0%"
# The height of a line in points; letters, and what is left at a line's end, against the digits a width is counted in;
# a row takes 409 points at most.
LINE, WIDENS, MOST_LINES = 15, 1.05, 27
LONGEST = 32_767  # characters of one cell, the format's own limit
_UNPRINTABLE = re.compile(f"[{UNPRINTABLE}]")


def new_book(title: str, **told):
    """A workbook written row by row, and its sheet."""
    book = Workbook(write_only=True)
    return book, new_sheet(book, title, **told)


def new_sheet(
    book: Workbook,
    title: str,
    *,
    heading_rows: int,
    from_column: str = "A",
    paper: int = A4,
    ruled: bool = True,
):
    """A sheet whose heading stays in sight and is repeated on every page of paper, which are numbered.

    `ruled` prints lines between all cells; a table with words below it brings `LINES` of its own.
    """
    sheet = book.create_sheet(title)
    sheet.freeze_panes = f"{from_column}{heading_rows + 1}"
    sheet.print_title_rows = f"1:{heading_rows}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = paper
    sheet.page_margins = MARGINS
    sheet.print_options.gridLines = ruled
    sheet.oddFooter.right.text = f"{_('Trang')} &P/&N"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    return sheet


def text_cell(sheet, text, **look):
    """Text that stays text, so that a name beginning with "=" stays a name."""
    cell = WriteOnlyCell(sheet, _clean(text))
    cell.data_type = "s"
    return _dressed(cell, **look)


def day_cell(sheet, day, *, number_format=DAY, **look):
    """A day, or a moment without its zone, that the sheet can sort and count with."""
    cell = WriteOnlyCell(sheet, day)
    cell.number_format = number_format
    return _dressed(cell, **look)


def number_cell(sheet, value, *, number_format="#,##0", **look):
    """A number that the sheet can count with; blank for what is unknown."""
    cell = WriteOnlyCell(sheet, value)
    cell.number_format = number_format
    return _dressed(cell, **look)


def value_cell(sheet, value, **look):
    """A value as what it is: a share as a percentage, a number, a day, or text that stays text."""
    if isinstance(value, float):
        return number_cell(sheet, value, number_format=PERCENT, **look)
    if value is None or isinstance(value, int):
        return number_cell(sheet, value, **look)
    if isinstance(value, date):
        return day_cell(sheet, value, **look)
    return text_cell(sheet, value, **look)


def append_fitted(sheet, number: int, cells, widths: Sequence[float], *, texts=None, most=MOST_LINES) -> None:
    """Append a row as high as its texts need in columns of these widths; `texts` where they are others than the cells'.

    The height is said: LibreOffice sets wrapped text of a row without one over the rows below. Nothing is kept of it.
    """
    said = [getattr(cell, "value", cell) for cell in cells] if texts is None else texts
    lines = max((_lines(text, width) for text, width in zip(said, widths, strict=False)), default=1)
    if lines == 1:
        sheet.append(cells)
        return
    sheet.row_dimensions[number].height = LINE * min(lines, most)
    sheet.append(cells)
    del sheet.row_dimensions[number]


def _lines(text, width):
    if not isinstance(text, str):
        return 1
    return sum(max(ceil(len(part) * WIDENS / width), 1) for part in text.split("\n"))


class RowOfCells:
    """The cells of one row, filled anew for each: many rows need no cells and no styles of their own. The first is its
    place in the list."""

    def __init__(self, sheet, **look):
        self.sheet, self.look = sheet, look
        self.cells: dict[tuple[int, type], Cell] = {}

    def filled(self, values: Iterable) -> list:
        """The cells with these values, to be appended before the next row is."""
        return [self._cell(column, value) for column, value in enumerate(values)]

    def _cell(self, column, value):
        key = column, type(value)
        if key not in self.cells:
            apart = {"align": AMID} if column == 0 or isinstance(value, date) else {}
            self.cells[key] = value_cell(self.sheet, value, **self.look | apart)
            return self.cells[key]
        cell = self.cells[key]
        cell.value = _clean(value) if isinstance(value, str) else value
        if isinstance(value, str):
            cell.data_type = "s"
        return cell


def on_disk(book) -> IO[bytes]:
    """The workbook in a file without a name, at its beginning; gone when it is closed."""
    content = TemporaryFile()  # noqa: SIM115, whoever sends it closes it
    book.save(content)
    content.seek(0)
    return content


def saved(book) -> bytes:
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _clean(text):
    return _UNPRINTABLE.sub("", text)[:LONGEST]


def _dressed(cell, *, font=None, fill=None, align=None, border=None):
    if font:
        cell.font = font
    if fill:
        cell.fill = fill
    if align:
        cell.alignment = align
    if border:
        cell.border = border
    return cell
