"""Dates and deadlines as offices write them.

Searches `Source.plain`. A date on its own is no deadline: the words that make it one ("trước ngày", "chậm nhất",
"trong tháng …", "hoàn thành … quý II/2024") have to stand before it.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from .text import Source

DAY = (
    r"(?:\d{1,2}[ ]{0,2}[/.][ ]{0,2}\d{1,2}[ ]{0,2}[/.][ ]{0,2}\d{4}"
    r"|\d{1,2}\s{1,40}thang\s{1,40}\d{1,2}\s{0,4},?\s{0,4}nam\s{0,4}\d{4})"
)
_MONTH = r"(?:thang\s{1,40}\d{1,2}\s{0,3}(?:/|nam)\s{0,3}\d{4}|\d{1,2}/\d{4}(?!/?\d))"
_QUARTER = r"quy\s{1,40}(?:iv|i{1,3}|[1-4]),?\s{0,3}(?:/|nam|-)?\s{0,3}\d{4}"
_YEAR = r"nam\s{1,40}\d{4}"
_WHEN = rf"(?:{DAY}|{_MONTH}|{_QUARTER}|{_YEAR})"
_BY = r"(?:truoc|cham nhat(?: la| den| trong| truoc)?(?: vao)?|muon nhat(?: la)?|khong qua|den het|het|xong truoc|thoi han(?: la)?)"
_COUNT = r"\d{1,3}(?:\s{1,40}\([a-z ]{1,30}\))?\s{1,40}(?:gio|ngay|tuan|thang|nam)(?:\s{1,40}lam viec)?"
_EVERY = r"hang\s{1,40}(?:ngay|tuan|thang|quy|nam)"

_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"tu\s{{1,40}}ngay\s{{1,40}}{DAY}\s{{1,40}}den\s{{1,40}}(?:het\s{{1,40}})?(?:ngay\s{{1,40}})?{DAY}",
        rf"\b(?:dinh ky\s{{1,40}})?{_BY}\s{{1,40}}(?:ngay\s{{1,40}})?\d{{1,2}}(?:/\d{{1,2}}|\s{{1,40}}thang\s{{1,40}}\d{{1,2}})?\s{{1,40}}(?:cua\s)?{_EVERY}",
        rf"\b{_EVERY},?\s{{1,40}}(?:truoc|cham nhat)\s{{1,40}}(?:ngay\s{{1,40}})?\d{{1,2}}(?:/\d{{1,2}}|\s{{1,40}}thang\s{{1,40}}\d{{1,2}})?(?![\d/])",
        rf"\bdinh ky\s{{1,40}}(?:truoc\s{{1,40}})?(?:vao\s{{1,40}})?ngay\s{{1,40}}\d{{1,2}}(?:/\d{{1,2}})?\s{{1,40}}{_EVERY}",
        rf"\b{_BY}\s{{1,40}}(?:\d{{1,2}}\s{{0,2}}(?:gio|h)\s{{0,2}}(?:\d{{2}}(?:\s{{0,2}}phut)?)?,?\s{{1,40}})?(?:ngay\s{{1,40}})?{_WHEN}",
        r"\btruoc\s{1,40}ngay\s{1,40}\d{1,2}(?:/\d{1,2}(?![/\d])|\s{1,40}thang\s{1,40}\d{1,2}(?!\s{0,3}nam))",
        rf"\b(?:trong|vao)\s{{1,40}}(?:{_MONTH}|{_QUARTER})",
        rf"\b(?:xong|hoan thanh|thoi (?:han|gian)(?: hoan thanh| thuc hien)?:?)\s{{1,40}}(?:trong\s{{1,40}})?(?:{_MONTH}|{_QUARTER}|{_YEAR})",
        rf"\b(?:xong|hoan thanh|dut diem)\b[^.;\n]{{0,80}}?\s(?P<when>trong\s{{1,40}}{_YEAR})",
        rf"\btrong\s{{1,40}}ngay\s{{1,40}}{DAY}",
        rf"\b(?:thoi (?:han|gian)(?: hoan thanh| thuc hien| bao cao)?|han(?: hoan thanh| bao cao| chot)?|hoan thanh):\s{{1,40}}(?:ngay\s{{1,40}})?{DAY}",
        rf"\btrong\s{{1,40}}(?:thoi (?:han|gian)|vong)\s{{1,40}}{_COUNT}(?:,?\s{{1,40}}(?:ke\s{{1,40}})?(?:tu|sau)\s{{1,40}}(?:ngay|khi)[^,.;\n]{{0,120}})?",
        r"\btrong\s{1,40}\d{1,3}(?:\s{1,40}\([a-z ]{1,30}\))?\s{1,40}ngay\s{1,40}lam viec(?:,?\s{1,40}(?:ke\s{1,40})?(?:tu|sau)\s{1,40}(?:ngay|khi)[^,.;\n]{0,120})?",
        rf"\b(?:cham nhat|khong qua)(?: la| sau)?\s{{1,40}}{_COUNT}(?:,?\s{{1,40}}ke\s{{1,40}}tu\s{{1,40}}ngay[^,.;\n]{{0,120}})?",
        rf"\bdinh ky(?:\s{{1,40}}(?:{_EVERY}|(?:mot|hai|ba|sau|0?[1-9]|1[0-2])\s{{1,40}}(?:ngay|tuan|thang|nam)(?:\s{{1,40}}mot lan)?))",
    )
)
_RHYTHMS = (
    re.compile(rf"\b(?:bao cao|gui|tong hop|xay dung|lap)[^.;]{{0,80}}?\b(?P<when>{_EVERY})"),
    re.compile(rf"\b(?P<when>{_EVERY})\s{{1,40}}(?:bao cao|gui|tong hop|cap nhat)\b"),
)
_RECURRENCES = (
    ("yearly", r"hang nam|moi nam|mot nam"),
    ("half-yearly", r"sau thang|0?6 thang"),
    ("quarterly", r"hang quy|moi quy|ba thang|0?3 thang"),
    ("monthly", r"hang thang|moi thang|mot thang"),
    ("weekly", r"hang tuan|moi tuan"),
    ("daily", r"hang ngay|moi ngay"),
)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


@dataclass(frozen=True, slots=True)
class Deadline:
    """Offsets into `Source.text`; `on` is the last day allowed, None when the words alone do not say it."""

    start: int
    end: int
    on: date | None
    recurrence: str | None


def find_deadline(source: Source, start: int, end: int, issued_on: date | None) -> Deadline | None:
    """The first deadline between two offsets, or None. Linear."""
    found = [one for pattern in _PATTERNS if (one := _first(pattern, source, start, end, issued_on))]
    return min(found, key=lambda one: (one.start, -one.end)) if found else _rhythm(source, start, end)


def _first(
    pattern: re.Pattern[str], source: Source, start: int, end: int, issued_on: date | None
) -> Deadline | None:
    """The first words of this shape that can be a deadline: a day before the document's own is history."""
    for found in pattern.finditer(source.plain, start, end):
        place = found.span("when" if "when" in pattern.groupindex else 0)
        words = source.plain[slice(*place)]
        recurrence = recurrence_of(words)
        on = None if recurrence else last_day(words, issued_on)
        if on is None or issued_on is None or on >= issued_on:
            return Deadline(*place, on, recurrence)
    return None


def _rhythm(source: Source, start: int, end: int) -> Deadline | None:
    """A report owed "hằng quý" and no day named."""
    found = [m for pattern in _RHYTHMS if (m := pattern.search(source.plain, start, end))]
    if not found:
        return None
    first = min(found, key=lambda m: m.start("when"))
    return Deadline(*first.span("when"), None, recurrence_of(first["when"]))


def read_day(plain: str) -> date | None:
    """A whole date written in figures or with tháng and năm; None if it is no date of the calendar."""
    numbers = [int(n) for n in re.findall(r"\d{1,4}", plain)]
    return _date(*reversed(numbers[:3])) if len(numbers) >= 3 else None


def last_day(plain: str, issued_on: date | None = None) -> date | None:
    """The last day that the words allow: of the last date, month, quarter or year in them.

    A period is counted from `issued_on` where it says "kể từ ngày ký"; working days are left to the calendar.
    """
    if "tiep theo" in plain:
        return None
    if days := re.findall(DAY, plain):
        return read_day(days[-1])
    if periods := re.findall(_QUARTER, plain):
        return _quarter_end(periods[-1]) if len(periods) == 1 else None
    if months := re.findall(_MONTH, plain):
        month, year = (int(n) for n in re.findall(r"\d{1,4}", months[-1])[:2])
        return _month_end(year, month)
    if years := re.findall(r"(?:nam|-)\s{0,4}(\d{4})\b", plain):
        return _date(int(years[-1]), 12, 31)
    return _counted(plain, issued_on)


def recurrence_of(plain: str) -> str | None:
    """Which rhythm the words ask for, in our words, or None."""
    return next(
        (
            name
            for name, pattern in _RECURRENCES
            if re.search(rf"\b(?:{pattern})\b", plain)
            and (name not in ("half-yearly", "quarterly") or "dinh ky" in plain or "hang" in plain)
        ),
        None,
    )


def _counted(plain: str, issued_on: date | None) -> date | None:
    if issued_on is None or not re.search(r"tu\s+ngay\s+(?:ky|ban hanh)\b", plain) or "lam viec" in plain:
        return None
    count = re.search(r"(\d{1,3})(?:\s+\([a-z ]{1,30}\))?\s+(ngay|tuan)", plain)
    if count is None:
        return None
    return issued_on + timedelta(days=int(count[1]) * (7 if count[2] == "tuan" else 1))


def _quarter_end(plain: str) -> date | None:
    parts = re.search(r"quy\s+(\w{1,3})\D*(\d{4})", plain)
    return _month_end(int(parts[2]), _QUARTERS[parts[1]] * 3) if parts else None


def _month_end(year: int, month: int) -> date | None:
    known = 1 <= month <= 12 and year > 0
    return date(year, month, calendar.monthrange(year, month)[1]) if known else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
