"""The same table as a workbook: numbers as numbers that can be summed, shares and days as what they are."""

from datetime import date
from itertools import groupby

from openpyxl.utils import get_column_letter

from directives.exports.sheets import (
    A3,
    AMID,
    BOLD,
    HEAD,
    LINES,
    MIDDLE,
    TOP,
    append_fitted,
    day_cell,
    new_book,
    number_cell,
    saved,
    text_cell,
)

from .table import Kind, PrintedTable

WIDTHS = {Kind.TEXT: 32, Kind.ORDER: 6, Kind.COUNT: 7.5, Kind.PERCENT: 7.5, Kind.DAY: 12}
SHARE, APART = "0.0%", {Kind.ORDER, Kind.DAY}
# Title, the two rows of the head and the official numbers.
HEADING_ROWS = 4


def printed_workbook(table: PrintedTable, *, name: str) -> bytes:
    """The table with its subtitles in the title line and its notes and foot below. Linear; held whole."""
    book, sheet = new_book(name, heading_rows=HEADING_ROWS, from_column="C", paper=A3, ruled=False)
    widths = [WIDTHS[column.kind] for column in table.columns]
    for at, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.append([text_cell(sheet, "; ".join([table.title, *table.subtitles, table.foot]), font=BOLD)])
    labels = [column.label for column in table.columns]
    for number, texts in enumerate(_head(sheet, table.columns), start=2):
        cells = [text_cell(sheet, text, font=BOLD, fill=HEAD, align=MIDDLE, border=LINES) for text in texts]
        append_fitted(sheet, number, cells, widths, texts=labels if number == 3 else [])
    for number, row in enumerate(table.rows, start=HEADING_ROWS + 1):
        placed = zip(row, table.columns, strict=True)
        aligned = ((value, AMID if column.kind in APART else TOP) for value, column in placed)
        cells = [_cell(sheet, value, align=align, border=LINES) for value, align in aligned]
        append_fitted(sheet, number, cells, widths)
    if table.total:
        sheet.append([_cell(sheet, value, font=BOLD, align=TOP, border=LINES) for value in table.total])
    for note in table.notes:
        sheet.append([text_cell(sheet, note)])
    return saved(book)


def _head(sheet, columns):
    """Heads of groups span theirs; every other one spans both rows."""
    above: list[str] = []
    for group, members in groupby(columns, key=lambda column: column.group):
        first, count = len(above) + 1, len(list(members))
        above += (
            [group, *[""] * (count - 1)]
            if group
            else [column.label for column in columns[first - 1 :][:count]]
        )
        ranges = (
            [(first, 2, first + count - 1, 2)]
            if group
            else [(at, 2, at, 3) for at in range(first, first + count)]
        )
        for left, top, right, bottom in ranges:
            if (left, top) != (right, bottom):
                sheet.merged_cells.ranges.add(
                    f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"
                )
    below = [column.label if column.group else "" for column in columns]
    return above, below, [column.number for column in columns]


def _cell(sheet, value, **look):
    if isinstance(value, date):
        return day_cell(sheet, value, **look)
    if isinstance(value, str) or value is None:
        return text_cell(sheet, value or "", **look)
    return number_cell(sheet, value, number_format=SHARE if isinstance(value, float) else "General", **look)
