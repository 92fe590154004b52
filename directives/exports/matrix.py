"""The matrix as a workbook: units by rows, tasks by columns."""

from collections.abc import Callable
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl.styles import Alignment, PatternFill
from openpyxl.utils import get_column_letter

from directives.compliance import Ahead, Cell, Matrix
from directives.periods import rhythm_said

from .sheets import (
    BOLD,
    CENTRE,
    HEAD,
    MIDDLE,
    TOP,
    append_fitted,
    day_cell,
    new_book,
    number_cell,
    saved,
    text_cell,
)

UNIT_WIDTH, GROUP_WIDTH, TASK_WIDTH, NARROW_WIDTH = 50, 38, 22, 12
# A task's text takes so many lines of its heading at most, in columns as wide as that needs, within limits.
LINES, WIDEST, WIDEST_OF_MANY, MANY = 10, 46, 30, 8
HEAD_LEFT = Alignment(wrap_text=True, vertical="top", horizontal="left")
# The colours of the screen, light enough to print; the words say the same.
FILLS = {
    css: PatternFill("solid", fgColor=colour)
    for css, colour in {
        "ok": "E1F1E7", "late": "F5EDCF", "soon": "FFE4BD", "over": "F4C7C9", "wait": "ECE7F9",
        "waitover": "F4C7C9", "back": "FFE4BD", "paused": "ECEEE9", "na": "ECEEE9",
    }.items()
}  # fmt: skip
HEADING_ROWS = 4


class Shown(Protocol):
    """How the screen shows a cell: its words, and its colour by the name of the CSS class."""

    @property
    def words(self) -> str: ...
    @property
    def css(self) -> str: ...


Say = Callable[[Cell | Ahead | None], Shown]


def matrix_workbook(matrix: Matrix, *, title: str, say: Say, note=None, marks=()) -> bytes:
    """The matrix as .xlsx, written row by row: units by rows, tasks by columns, in the words that `say` finds.

    `note` says of a unit's change after the issue what stands beside its name. `marks` (unit, task, how well it was
    done) are a sheet of their own. Every text is written as text, so that a name beginning with "=" stays a name.
    """
    book, sheet = new_book(_("Ma trận"), heading_rows=HEADING_ROWS, from_column="E")
    widths = _set_up(sheet, matrix.tasks)
    sheet.append([text_cell(sheet, title, font=BOLD)])
    labels = [task.label or str(n) for n, task in enumerate(matrix.tasks, 1)]
    names = [_("Nhóm"), _("Đã hoàn thành"), _("Được giao")]
    due = [*_head(sheet, [], first=_("Thời hạn")), *(_due(sheet, task) for task in matrix.tasks)]
    append_fitted(sheet, 2, _head(sheet, labels, first=pgettext("một", "Đơn vị"), others=names), widths)
    append_fitted(sheet, 3, _head(sheet, [task.text for task in matrix.tasks]), widths, most=LINES + 2)
    append_fitted(sheet, 4, due, widths)
    for n, row in enumerate(matrix.rows, HEADING_ROWS + 1):
        append_fitted(sheet, n, _row(sheet, matrix, row, say, note), widths)
    if marks:
        _add_marks(book, marks)
    return saved(book)


def _add_marks(book, marks):
    sheet = book.create_sheet(_("Chất lượng"))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["C"].width = UNIT_WIDTH, UNIT_WIDTH
    first = pgettext("một", "Đơn vị")
    sheet.append(_head(sheet, [], first=first, others=[_("Nhiệm vụ"), _("Chất lượng")]))
    for told in marks:
        sheet.append([text_cell(sheet, text) for text in told])


def _set_up(sheet, tasks):
    """The widths of the columns, set."""
    sheet.print_title_cols = "A:D"
    for column, width in {"A": UNIT_WIDTH, "B": GROUP_WIDTH, "C": NARROW_WIDTH, "D": NARROW_WIDTH}.items():
        sheet.column_dimensions[column].width = width
    width = _task_width(tasks)
    for n in range(len(tasks)):
        sheet.column_dimensions[get_column_letter(5 + n)].width = width
    return [UNIT_WIDTH, GROUP_WIDTH, NARROW_WIDTH, NARROW_WIDTH, *[width] * len(tasks)]


def _task_width(tasks):
    longest = max((len(task.text) for task in tasks), default=0)
    return min(max(TASK_WIDTH, longest / LINES + 2), WIDEST if len(tasks) <= MANY else WIDEST_OF_MANY)


def _head(sheet, tasks, *, first="", others=("", "", "")):
    return [text_cell(sheet, text, font=BOLD, fill=HEAD, align=TOP) for text in [first, *others, *tasks]]


def _due(sheet, task):
    """A day that the sheet can sort and count with; in words only what is none."""
    if task.due_on is None:
        words = rhythm_said(task) if task.recurrence else _("Không có thời hạn")
        return text_cell(sheet, words, font=BOLD, fill=HEAD, align=HEAD_LEFT)
    return day_cell(sheet, task.due_on, font=BOLD, fill=HEAD, align=HEAD_LEFT)


def _row(sheet, matrix, row, say, note):
    return [
        text_cell(
            sheet, f"{row.name} ({note(row.change)})" if note and row.change else row.name, align=CENTRE
        ),
        text_cell(sheet, row.group, align=CENTRE),
        number_cell(sheet, row.tally.done, align=MIDDLE),
        number_cell(sheet, row.tally.total, align=MIDDLE),
        *(_cell(sheet, matrix, cell, say) for cell in row.told),
    ]


def _cell(sheet, matrix, cell, say):
    """What a filter leaves out is blank, as on the screen."""
    if cell is None and matrix.line:
        return text_cell(sheet, "")
    shown = say(cell)
    return text_cell(sheet, shown.words, fill=FILLS.get(shown.css.split()[0]), align=CENTRE)
