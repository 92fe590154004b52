"""The open work of a unit as a workbook to be filled in and brought back."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from directives import periods
from directives.models import Assignment
from directives.worksheet import MOST_LINES
from directives.worksheet.columns import FILLED, KEY, TAKEN, TOLD

from .sheets import (
    AMID,
    BOLD,
    DAY,
    HEAD,
    TOP,
    append_fitted,
    day_cell,
    new_book,
    number_cell,
    saved,
    text_cell,
)

HEADING_ROWS = 3
TO_FILL = PatternFill("solid", fgColor="FFF8DC")
WIDTHS = {
    "key": 9, "code": 20, "label": 8, "period": 14, "task": 52, "unit": 26, "due_on": 13, "standing": 16,
    "text": 48, "percent": 12, "obstacle": 36, "done": 13, "document": 18, "dated_on": 13, "addressed_to": 22,
    "taken": 12,
}  # fmt: skip


def worksheet_workbook(works: Iterable[Assignment], *, title: str) -> bytes:
    """The work, a row each, as the list shows it: what is known first, then the coloured columns to be filled in.

    Each has its `standing` and `percent`. Linear, one pass.
    """
    book, sheet = new_book(_("Nhiệm vụ"), heading_rows=HEADING_ROWS, from_column="E")
    for column, width in zip(_letters(), WIDTHS.values(), strict=True):
        sheet.column_dimensions[column].width = width
    sheet.column_dimensions[_letters()[-1]].hidden = True
    sheet.append([text_cell(sheet, title, font=BOLD)])
    sheet.append([text_cell(sheet, _how())])
    widths = list(WIDTHS.values())
    append_fitted(sheet, HEADING_ROWS, _headings(sheet), widths)
    sheet.auto_filter.ref = f"A{HEADING_ROWS}:{_letters()[-1]}{HEADING_ROWS}"
    _offer_marks(sheet)
    for n, work in enumerate(works, HEADING_ROWS + 1):
        append_fitted(sheet, n, _row(sheet, work), widths)
    return saved(book)


def _letters() -> str:
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[: len(WIDTHS)]


def _how():
    return _(
        "Chỉ điền các cột màu vàng. Đã xong: ghi kết quả và ghi x. Chưa xong: ghi tiến độ, tỷ lệ, vướng mắc. Để trống dòng không có gì mới. Ảnh và tệp thì gửi trên trang của việc."
    )


def _headings(sheet):
    between = [_("Kỳ"), _("Nội dung"), pgettext("một", "Đơn vị"), _("Thời hạn"), _("Tình trạng")]
    known = [str(column.label) for column in (KEY, *TOLD)] + between
    return [text_cell(sheet, name, font=BOLD, fill=HEAD, align=TOP) for name in known] + [
        text_cell(sheet, str(column.label), font=BOLD, fill=TO_FILL, align=TOP) for column in (*FILLED, TAKEN)
    ]


def _offer_marks(sheet):
    column = _letters()[list(WIDTHS).index("done")]
    marks = DataValidation(type="list", formula1='"x"', allow_blank=True)
    marks.add(f"{column}{HEADING_ROWS + 1}:{column}{HEADING_ROWS + MOST_LINES}")
    sheet.data_validations.append(marks)


def _row(sheet, work):
    due = text_cell(sheet, "", align=TOP)
    if work.due_on:
        due = day_cell(sheet, work.due_on, number_format=DAY, align=AMID)
    period = periods.name_of(work.period)
    known = [work.directive.code, work.task.label, period, work.task.text, work.unit_name]
    empty = {column.key: "" for column in FILLED} | {"percent": work.percent}
    return [
        number_cell(sheet, work.pk, number_format="0", align=AMID),
        *(text_cell(sheet, text, align=TOP) for text in known),
        due,
        text_cell(sheet, work.standing_words, align=TOP),
        *(_to_fill(sheet, value) for value in [*empty.values(), work.percent]),
    ]


def _to_fill(sheet, value):
    cell = text_cell(sheet, "", fill=TO_FILL, align=TOP)
    cell.value = value or None
    return cell
