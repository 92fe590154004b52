"""Workbooks of figures: the official table, the detail list, and the six sheets of a period."""

from collections.abc import Iterable, Iterator
from typing import IO, Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl.utils import get_column_letter

from directives.compliance import DIRECTIVE, GROUP, ISSUER, SECTOR, UNIT, DetailRow, OfficialTable

from .official import LIST_COLUMNS, headings, list_headings, list_rows, numbers, table_rows
from .sheets import (
    A3,
    AMID,
    BOLD,
    HEAD,
    LINES,
    MIDDLE,
    TOP,
    RowOfCells,
    append_fitted,
    new_book,
    new_sheet,
    on_disk,
    text_cell,
    value_cell,
)

NAME_WIDTH, NUMBER_WIDTH, NOTE_WIDTH, ROW_NUMBER_WIDTH = 36, 7.5, 26, 6
WORDS_WIDTH = 120
# How many rows their head has, what stays in sight, and the paper on which they can be read.
TABLE: dict[str, Any] = {"heading_rows": 4, "from_column": "C", "paper": A3, "ruled": False}
LIST: dict[str, Any] = {"heading_rows": 2, "from_column": "C", "paper": A3}


# No name of a sheet is longer than 31 characters.
SUMMARIES: dict[str, Promise] = {
    UNIT: gettext_lazy("Tổng hợp theo đơn vị"),
    GROUP: gettext_lazy("Tổng hợp theo nhóm đơn vị"),
    SECTOR: gettext_lazy("Tổng hợp theo lĩnh vực"),
    DIRECTIVE: gettext_lazy("Tổng hợp theo văn bản"),
    ISSUER: gettext_lazy("Tổng hợp theo cơ quan giao"),
}


def table_workbook(table: OfficialTable, *, title: str, said: Iterable[str] = ()) -> IO[bytes]:
    """The table as on the screen; `said` (formulas, checks) below it. Linear; a file to be closed by the reader."""
    book, sheet = new_book(_("Biểu tổng hợp"), **TABLE)
    _write_table(sheet, table, title, said)
    return on_disk(book)


def list_workbook(rows: Iterator[DetailRow], *, title: str) -> IO[bytes]:
    """The detail list, row by row. Reads the rows once and keeps none."""
    book, sheet = new_book(_("Danh mục nhiệm vụ"), **LIST)
    _write_list(sheet, rows, title)
    return on_disk(book)


def period_workbook(
    table: OfficialTable, lists: Iterable[tuple[str, Iterator[DetailRow]]], *, title: str, said: Iterable[str]
) -> IO[bytes]:
    """A period whole: what its words mean, the table, and each of the `lists` under its name."""
    book, sheet = new_book(_("Kỳ (quy ước)"), heading_rows=1)
    sheet.column_dimensions["A"].width = WORDS_WIDTH
    for n, line in enumerate([title, *said]):
        cells = [text_cell(sheet, line, align=TOP, **({} if n else {"font": BOLD}))]
        append_fitted(sheet, n + 1, cells, [WORDS_WIDTH])
    _write_table(new_sheet(book, str(SUMMARIES[table.by]), **TABLE), table, title, ())
    for name, rows in lists:
        _write_list(new_sheet(book, name, **LIST), rows, f"{title}: {name}")
    return on_disk(book)


def _write_table(sheet, table, title, said):
    widths = [ROW_NUMBER_WIDTH, NAME_WIDTH, *[NUMBER_WIDTH] * (len(numbers()) - 3), NOTE_WIDTH]
    _set_widths(sheet, widths)
    sheet.append([text_cell(sheet, title, font=BOLD)])
    upper, lower, under = _head_rows(sheet, table.by)
    sheet.append(upper)
    texts = [below.value or above.value for above, below in zip(upper, lower, strict=True)]
    append_fitted(sheet, 3, lower, widths, texts=texts)
    sheet.append(under)
    last = len(table.rows)
    for n, row in enumerate(table_rows(table)):
        look = {"align": TOP, "border": LINES} | ({"font": BOLD} if n == last else {})
        place = value_cell(sheet, row[0], **look | {"align": AMID})
        append_fitted(sheet, n + 5, [place, *(value_cell(sheet, one, **look) for one in row[1:])], widths)
    for line in said:
        sheet.append([text_cell(sheet, line)])


def _head_rows(sheet, by):
    """The head of two rows: a cell that takes more than one column or row is merged."""
    upper, lower = headings(by)
    first, second, below, at = [], [], iter(lower), 1
    for heading in upper:
        across = heading.across
        if heading.down == 2:
            _merge(sheet, at, 2, at, 3)
            second.append("")
        else:
            _merge(sheet, at, 2, at + across - 1, 2)
            second += [next(below).text for _n in range(across)]
        first += [heading.text, *[""] * (across - 1)]
        at += across
    return [_head(sheet, first), _head(sheet, second), _head(sheet, numbers())]


def _merge(sheet, column, row, last_column, last_row):
    if (column, row) != (last_column, last_row):
        first, last = get_column_letter(column), get_column_letter(last_column)
        sheet.merged_cells.add(f"{first}{row}:{last}{last_row}")


def _head(sheet, texts):
    return [text_cell(sheet, text, font=BOLD, fill=HEAD, align=MIDDLE, border=LINES) for text in texts]


def _write_list(sheet, rows, title):
    widths = [ROW_NUMBER_WIDTH, *(column.width for column in LIST_COLUMNS)]
    _set_widths(sheet, widths)
    sheet.append([text_cell(sheet, title, font=BOLD)])
    append_fitted(sheet, 2, _head(sheet, list_headings()), widths)
    cells = RowOfCells(sheet, align=TOP)
    for n, row in enumerate(list_rows(rows), start=3):
        append_fitted(sheet, n, cells.filled(row), widths, texts=row)


def _set_widths(sheet, widths):
    for n, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(n)].width = width
