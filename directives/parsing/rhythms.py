"""On which day of each period a paper wants a recurring report: "trước ngày 15 của tháng cuối quý".

Only what is printed is read. Words that name two different days, or a rhythm other than the one already read, say
nothing here: the drafter is asked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from units.naming import plain_letters


@dataclass(frozen=True, slots=True)
class Rhythm:
    """`every` as the parser's recurrences; `due` is "last_month", "next_month", "working_days", "weekday" or "day_of_year"."""

    every: str | None
    due: str
    day: int
    month: int | None = None


def read_rhythm(text: str, recurrence: str | None) -> Rhythm | None:
    """The rule printed in the text of a task whose recurrence is read already, or None. Linear."""
    plain = " ".join(plain_letters(text[:_LONGEST]).split())
    found = {_of(one, recurrence) for one in _all(plain, recurrence)}
    rhythm = found.pop() if len(found) == 1 else None
    return rhythm if rhythm and rhythm.every and rhythm.every == (recurrence or rhythm.every) else None


_LONGEST = 4_000
_BY = r"(?:truoc|cham nhat|muon nhat|vao)(?: la| vao| den)?(?: \d{1,2} ?(?:gio|h)(?: ?\d{2})?(?: phut)?,?)?(?: ngay)?"
_EACH = r"(?:hang|moi)"
_LATER = r"(?:sau|tiep theo|ke tiep|lien ke)"
_PART = r"(?:ky|quy|thang|6 thang|nam)"
_LAST = re.compile(
    rf"\b{_BY} (?P<day>\d{{1,2}})(?: cua)? thang cuoi(?: cung)?(?: cua)?(?: {_EACH})? (?P<part>quy|ky|thang)\b"
    r"(?! (?:iv|i{1,3}|[1-4])\b)"
)
_FIRST_OF_NEXT = re.compile(
    rf"\b{_BY} (?P<day>\d{{1,2}})(?: cua)? thang dau(?: tien)?(?: cua)? (?P<part>quy|ky) {_LATER}\b"
)
_NEXT = re.compile(rf"\b{_BY} (?P<day>\d{{1,2}})(?: cua)? thang {_LATER}\b")
_MONTHLY = re.compile(
    rf"\b(?:{_BY} (?P<day>\d{{1,2}})(?: cua)? {_EACH} thang\b"
    rf"|{_EACH} thang,? (?:\w+,? ){{0,4}}{_BY} (?P<other>\d{{1,2}})(?![\d/]|(?: cua)? thang))"
)
_DATE = r"(?P<day>\d{1,2})(?:/| thang )(?P<month>\d{1,2})"
_YEARLY = re.compile(
    rf"\b(?:{_BY} {_DATE}(?: cua)? {_EACH} nam\b"
    rf"|{_EACH} nam,? (?:\w+,? ){{0,4}}{_BY} {_DATE.replace('<', '<other_')}(?![\d/]))"
)
_PAIR = re.compile(
    rf"\b{_BY} (?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})(?:,| va) (?:truoc )?(?:ngay )?(?P<second>\d{{1,2}})/(?P<later>\d{{1,2}})(?![\d/])"
)
_WORKING = re.compile(
    rf"\b(?P<day>\d{{1,2}}) ngay lam viec (?:sau|ke tu|tu) (?:ngay |khi )?(?:ket thuc|chot|cuoi) (?:so lieu|{_PART})\b"
)
_WEEKLY = re.compile(
    rf"\b{_BY} thu (?P<day>hai|ba|tu|nam|sau|bay|[2-7]) (?:{_EACH} tuan|cua tuan)\b"
    rf"|\b{_BY} thu (?P<other>hai|ba|tu|nam|sau|bay|[2-7])\b(?=.{{0,40}}\b{_EACH} tuan\b)"
)
_WEEKDAYS = {"hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7}
_HALVES = {(6, 12): "last_month", (7, 1): "next_month", (1, 7): "next_month"}


def _all(plain: str, recurrence: str | None) -> Iterator[Rhythm]:
    for found in _LAST.finditer(plain):
        yield Rhythm("quarterly" if found["part"] == "quy" else None, "last_month", int(found["day"]))
    for found in _FIRST_OF_NEXT.finditer(plain):
        yield Rhythm("quarterly" if found["part"] == "quy" else None, "next_month", int(found["day"]))
    for found in _NEXT.finditer(plain):
        yield Rhythm(None, "next_month", int(found["day"]))
    for found in _MONTHLY.finditer(plain):
        yield Rhythm("monthly", "last_month", int(found["day"] or found["other"]))
    for found in _YEARLY.finditer(plain):
        day, month = found["day"] or found["other_day"], found["month"] or found["other_month"]
        yield Rhythm("yearly", "day_of_year", int(day), int(month))
    for found in _PAIR.finditer(plain) if recurrence == "half-yearly" else ():
        due = _HALVES.get((int(found["month"]), int(found["later"])), "")
        yield Rhythm("half-yearly", due if found["day"] == found["second"] else "", int(found["day"]))
    for found in _WORKING.finditer(plain):
        yield Rhythm(None, "working_days", int(found["day"]))
    for found in _WEEKLY.finditer(plain):
        word = found["day"] or found["other"]
        yield Rhythm("weekly", "weekday", _WEEKDAYS.get(word) or int(word))


def _of(one: Rhythm, recurrence: str | None) -> Rhythm | None:
    """With the rhythm that was read, where these words name none; None for a day no calendar has."""
    fits = bool(one.due) and 1 <= one.day <= 31 and 1 <= (one.month or 1) <= 12
    return Rhythm(one.every or recurrence, one.due, one.day, one.month) if fits else None
