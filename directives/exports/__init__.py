"""What the pages print, as workbooks and as plain rows: computed nowhere else, written row by row."""

from .figures import list_workbook, period_workbook, table_workbook
from .history import history_workbook
from .matrix import matrix_workbook
from .official import (
    LIST_COLUMNS,
    Heading,
    called,
    flat,
    headings,
    list_headings,
    list_rows,
    numbers,
    table_rows,
)
from .plain import csv_lines
from .worksheet import worksheet_workbook

__all__ = [
    "LIST_COLUMNS",
    "Heading",
    "called",
    "csv_lines",
    "flat",
    "headings",
    "history_workbook",
    "list_headings",
    "list_rows",
    "list_workbook",
    "matrix_workbook",
    "numbers",
    "period_workbook",
    "table_rows",
    "table_workbook",
    "worksheet_workbook",
]
