"""The record as a workbook: who did what and when, with what proves that nothing was changed since."""

from collections.abc import Callable, Iterable

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from units.models import Event

from .sheets import (
    AMID,
    BOLD,
    HEAD,
    MOMENT,
    TOP,
    append_fitted,
    day_cell,
    new_book,
    number_cell,
    saved,
    text_cell,
)

WIDTHS = {"A": 18, "B": 50, "C": 28, "D": 36, "E": 50, "F": 10, "G": 24}


def history_workbook(events: Iterable[Event], *, title: str, say: Callable[[Event], str]) -> bytes:
    """The events in the order given, one a row, in the words that `say` finds. Reads them once, keeps none."""
    book, sheet = new_book(_("Nhật ký"), heading_rows=2)
    for column, width in WIDTHS.items():
        sheet.column_dimensions[column].width = width
    sheet.append([text_cell(sheet, title, font=BOLD)])
    sheet.append([text_cell(sheet, name, font=BOLD, fill=HEAD, align=TOP) for name in _columns()])
    for number, event in enumerate(events, start=3):
        append_fitted(sheet, number, _row(sheet, event, say), list(WIDTHS.values()))
    return saved(book)


def _columns():
    return [
        _("Thời điểm"),
        _("Việc"),
        _("Người thực hiện"),
        _("Chức vụ"),
        _("Ghi chú"),
        _("Số thứ tự"),
        _("Mã kiểm chứng"),
    ]


def _row(sheet, event, say):
    """A workbook knows no time zones: the moment is the one on the office's clock."""
    moment = timezone.localtime(event.at).replace(tzinfo=None, microsecond=0)
    who = event.actor_name or pgettext("nhật ký", "Hệ thống")
    texts = [say(event), who, event.actor_post, event.note]
    return [
        day_cell(sheet, moment, number_format=MOMENT, align=AMID),
        *(text_cell(sheet, text, align=TOP) for text in texts),
        number_cell(sheet, event.sequence, align=AMID),
        text_cell(sheet, event.hash, align=TOP),
    ]
