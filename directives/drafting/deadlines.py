"""Periods that a paper prints in place of a day ("trong vòng 5 ngày làm việc"), counted on the office's calendar.

Counted from the day of issue: the portal delivers on that day, so that "kể từ ngày nhận được văn bản" is the same.
The day it starts from is not counted. What starts from another event, or says two things, is left to the drafter.
"""

import calendar
import re
import unicodedata
from collections.abc import Container
from dataclasses import dataclass
from datetime import date, timedelta

from directives.calendar import add_working_days
from units.holidays import office_calendar
from units.naming import plain_letters

from .draft import Draft, is_issued_already

# Years whose public holidays are known.
_YEARS = range(1945, 2100)
_LONGEST = timedelta(days=2 * 366)
_MOST = {"working": 250, "day": 366, "week": 52, "month": 12}
_UNITS = {"ngay lam viec": "working", "ngay": "day", "tuan": "week", "thang": "month"}
_PAPER = (
    r"(?:van ban|cong van|ke hoach|quyet dinh|chi thi|thong bao|cong dien|huong dan|chuong trinh|nghi quyet|quy dinh"
    r"|ket luan|y kien)"
)
# The paper itself: with "này", or with nothing behind it that would make it another one.
_THIS = rf"{_PAPER}(?: chi dao)?(?: nay\b.*|$)"
_SIGNED = r"(?:ky|ban hanh|phat hanh|ky ban hanh|ky, ban hanh)"
_ISSUE = rf"(?:{_SIGNED}(?:$| {_THIS})|nhan(?: duoc)? {_THIS}|{_PAPER} nay (?:duoc )?{_SIGNED}\b.*)"
_PERIOD = re.compile(
    r"(?P<by>trong|cham nhat|muon nhat|khong qua)(?: (?:thoi han|thoi gian|vong|trong|la|sau|khong qua|toi da))*"
    r" (?P<count>\d{1,3})(?: ?\([a-z ]{1,30}\))? (?P<unit>ngay lam viec|ngay|tuan|thang)"
    rf"(?P<start>,? (?:(?:ke|tinh) )?(?:tu|sau) (?:ngay|khi) {_ISSUE})?[ .;]*"
)


@dataclass(frozen=True)
class Period:
    """`unit` is "working" (a working day), "day", "week" or "month"."""

    count: int
    unit: str


def counted_day(words: str, start: date, *, off: Container = (), worked: Container = ()) -> date | None:
    """The last day of the period that `words` print, counted from `start`; None where they do not surely say one.

    Working days skip weekends and the days `off`; days, weeks and months are those of the calendar, and may end on a
    day nobody works, as the parser reads them too.
    """
    period = period_of(words)
    if period is None or start.year not in _YEARS:
        return None
    if period.unit == "working":
        return add_working_days(start, period.count, off=off, worked=worked)
    if period.unit == "month":
        return _months_after(start, period.count)
    return start + timedelta(days=period.count * (7 if period.unit == "week" else 1))


def period_of(words: str) -> Period | None:
    """Linear. "Không quá" is a deadline only where it says from when."""
    found = _PERIOD.fullmatch(" ".join(plain_letters(unicodedata.normalize("NFC", words)).split()))
    if not found or (found["by"] == "khong qua" and not found["start"]):
        return None
    period = Period(int(found["count"]), _UNITS[found["unit"]])
    return period if 0 < period.count <= _MOST[period.unit] else None


def starting_day(words: str, due_on: date, *, off: Container = (), worked: Container = ()) -> date | None:
    """The latest day from which `words` end on `due_on`; None when no day does. Linear in the length of the period."""
    day, counted = due_on, counted_day(words, due_on, off=off, worked=worked)
    while counted and counted > due_on:
        day -= timedelta(days=1)
        counted = counted_day(words, day, off=off, worked=worked)
    return day if counted == due_on else None


def first_day(directive, today: date) -> date | None:
    """The day of issue that periods are counted from: as printed, or today for what is not issued yet."""
    return directive.issued_on if is_issued_already(directive) else today


def calendar_of(directive, sheet: Draft, today: date) -> dict[str, frozenset]:
    """The days off around the deadlines of a draft. One query where a period is printed, none elsewhere."""
    start = first_day(directive, today)
    if (
        start is None
        or start.year not in _YEARS
        or not any(period_of(task.due_text) for task in sheet.tasks or ())
    ):
        return {}
    return office_calendar(start - _LONGEST, start + _LONGEST)


def proposed_day(directive, words: str, today: date) -> date | None:
    """`counted_day` of the words of one task of a draft. One query."""
    start = first_day(directive, today)
    if start is None or start.year not in _YEARS or not period_of(words):
        return None
    return counted_day(words, start, **office_calendar(start, start + _LONGEST))


def _months_after(start, count):
    years, month = divmod(start.month - 1 + count, 12)
    year = start.year + years
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))
