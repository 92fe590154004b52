"""What the pages print, as workbooks: computed nowhere else, written row by row."""

from .history import history_workbook
from .matrix import matrix_workbook
from .worksheet import worksheet_workbook

__all__ = ["history_workbook", "matrix_workbook", "worksheet_workbook"]
