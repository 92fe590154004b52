"""The periods of recurring duties: which one a day falls in, what it is called, when its report is due.

Pure arithmetic on days. A key says its period whole ("2024-Q3", and "2024-Q3c" for the cut-off days of Nghị định
09/2019), so that nobody who meets one has to look its rule up. Keys of one rule sort as their periods follow in time.
"""

import calendar
import re
from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directives.calendar import add_working_days
from directives.enums import OF_MONTHS, DueRule, PeriodSystem, Recurrence
from units.clock import printed_day

# Nghị định 09/2019, Điều 12: a period begins on the 15th of the month before and ends on the 14th of its last.
CUT_OFF_DAY = 15
MOST_WORKING_DAYS = 60
SUNDAY = 8
_DAY, _ROMAN = timedelta(days=1), ("I", "II", "III", "IV")
_MONTHS = {Recurrence.MONTHLY: 1, Recurrence.QUARTERLY: 3, Recurrence.HALF_YEARLY: 6, Recurrence.YEARLY: 12}
_LETTERS = {Recurrence.MONTHLY: "M", Recurrence.QUARTERLY: "Q", Recurrence.HALF_YEARLY: "H"}
_EVERY = {letter: every for every, letter in _LETTERS.items()}
_CUT = "c"
_KEY = re.compile(r"(\d{4})(?:-([MQH])(\d{1,2}))?(c?)")
_WEEK = re.compile(r"(\d{4})-W(\d{2})")


@dataclass(frozen=True)
class Rule:
    """How often, in periods of which system, and on which day of each. `day` and `month` as `due` needs them."""

    every: str
    system: str = PeriodSystem.CALENDAR
    due: str = DueRule.NONE
    day: int | None = None
    month: int | None = None


@dataclass(frozen=True)
class Period:
    """From its first day to its last, both included."""

    key: str
    first: date
    last: date


# --- Which period -------------------------------------------------------------------------------


def period_on(rule: Rule, day: date) -> Period:
    """The period of the rule in which `day` falls."""
    if rule.every == Recurrence.DAILY:
        return Period(day.isoformat(), day, day)
    if rule.every == Recurrence.WEEKLY:
        year, week, weekday = day.isocalendar()
        monday = day - timedelta(days=weekday - 1)
        return Period(f"{year:04d}-W{week:02d}", monday, monday + timedelta(days=6))
    if rule.system == PeriodSystem.CUT_OFF and day.day >= CUT_OFF_DAY:
        day = _month_end(day.year, day.month) + _DAY
    every, months = Recurrence(rule.every), _MONTHS[Recurrence(rule.every)]
    return _of_months(every, rule.system, day.year, (day.month - 1) // months + 1)


def number_of(key: str) -> str:
    """The year and the number of a period, whatever its system: "2024-Q3" of "2024-Q3c"."""
    return key.removesuffix(_CUT)


def pattern_of(rule: Rule) -> str:
    """What the keys of the rule's periods, and of no other kind of period, look like: a regular expression."""
    if rule.every == Recurrence.DAILY:
        return r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
    if rule.every == Recurrence.WEEKLY:
        return r"^[0-9]{4}-W[0-9]{2}$"
    letter = _LETTERS.get(Recurrence(rule.every))
    number = f"-{letter}[0-9]+" if letter else ""
    return f"^[0-9]{{4}}{number}{_CUT if rule.system == PeriodSystem.CUT_OFF else ''}$"


def following(rule: Rule, period: Period) -> Period:
    """The period after this one."""
    return period_on(rule, period.last + _DAY)


def preceding(key: str) -> Period:
    """The period before the one a key names, by the same rule."""
    return period_on(_rule_of(key), read(key).first - _DAY)


def _rule_of(key):
    if _WEEK.fullmatch(key):
        return Rule(Recurrence.WEEKLY)
    parts = _KEY.fullmatch(key)
    if parts is None:
        return Rule(Recurrence.DAILY)
    every = _EVERY[parts[2]] if parts[2] else Recurrence.YEARLY
    return Rule(every, PeriodSystem.CUT_OFF if parts[4] else PeriodSystem.CALENDAR)


def read(key: str) -> Period:
    """The period a key names. Raises ValueError for what is no key."""
    if week := _WEEK.fullmatch(key):
        monday = date.fromisocalendar(int(week[1]), int(week[2]), 1)
        return Period(key, monday, monday + timedelta(days=6))
    parts = _KEY.fullmatch(key)
    if parts is None:
        day = date.fromisoformat(key)
        return Period(day.isoformat(), day, day)
    every = _EVERY[parts[2]] if parts[2] else Recurrence.YEARLY
    number = int(parts[3] or 1)
    if not 1 <= number * _MONTHS[every] <= 12:
        raise ValueError(key)
    system = PeriodSystem.CUT_OFF if parts[4] else PeriodSystem.CALENDAR
    return _of_months(every, system, int(parts[1]), number)


def key_of(first: date, last: date) -> str:
    """The key of the month, quarter, half-year or year that has exactly these days; "" for a free range."""
    systems = (PeriodSystem.CALENDAR, PeriodSystem.CUT_OFF)
    named = (period_on(Rule(every, system), first) for system in systems for every in _MONTHS)
    return next((one.key for one in named if (one.first, one.last) == (first, last)), "")


def is_cut_off(key: str) -> bool:
    """Whether the period is one of Nghị định 09/2019, from the 15th to the 14th."""
    return key.endswith(_CUT)


def _of_months(every, system, year, number):
    months = _MONTHS[every]
    first, last = date(year, (number - 1) * months + 1, 1), _month_end(year, number * months)
    if system == PeriodSystem.CUT_OFF:
        first, last = (first - _DAY).replace(day=CUT_OFF_DAY), last.replace(day=CUT_OFF_DAY - 1)
    return Period(f"{year:04d}{_numbered(every, number)}{_CUT if system else ''}", first, last)


def _numbered(every, number):
    if every == Recurrence.YEARLY:
        return ""
    return f"-{_LETTERS[every]}{number:02d}" if every == Recurrence.MONTHLY else f"-{_LETTERS[every]}{number}"


# --- When it is due -----------------------------------------------------------------------------


def due_on(rule: Rule, period: Period, *, off: Container = (), worked: Container = ()) -> date | None:
    """The last day on which the report of the period is in time; None where the rule names no day.

    "Trước ngày 15" is the 15th, as everywhere in the portal. A day that the month does not have is its last one.
    """
    if rule.due == DueRule.NONE:
        return None
    if rule.due == DueRule.LAST_DAY:
        return period.last
    if rule.due == DueRule.WORKING_DAYS:
        return add_working_days(period.last, rule.day or 0, off=off, worked=worked)
    return max(_named_day(rule, period), period.first)


def _named_day(rule, period):
    day = rule.day or 1
    if rule.due == DueRule.WEEKDAY:
        return period.first + timedelta(days=day - 2)
    if rule.due == DueRule.DAY_OF_YEAR:
        return _clamped(period.last.year, rule.month or 1, day)
    if rule.due == DueRule.NEXT_MONTH:
        after = _month_end(period.last.year, period.last.month) + _DAY
        return _clamped(after.year, after.month, day)
    return _clamped(period.last.year, period.last.month, day)


def _clamped(year, month, day):
    return date(year, month, min(day, _month_end(year, month).day))


def _month_end(year, month):
    return date(year, month, calendar.monthrange(year, month)[1])


def faults(rule: Rule) -> dict[str, str]:
    """Field → sentence of what the rule lacks, or cannot be; empty for a rule that can be carried out."""
    if rule.due in (DueRule.NONE, DueRule.LAST_DAY):
        return {}
    if rule.due in (DueRule.LAST_MONTH, DueRule.NEXT_MONTH) and rule.every not in OF_MONTHS:
        return {"due_rule": _("Kỳ theo ngày, theo tuần không có tháng cuối kỳ. Hãy chọn cách đặt hạn khác.")}
    if rule.due == DueRule.WEEKDAY and rule.every != Recurrence.WEEKLY:
        return {"due_rule": _("Hạn theo thứ trong tuần chỉ dùng cho việc hằng tuần.")}
    if rule.due == DueRule.DAY_OF_YEAR and rule.every != Recurrence.YEARLY:
        return {"due_rule": _("Hạn theo ngày, tháng trong năm chỉ dùng cho việc hằng năm.")}
    return _unfit_numbers(rule)


def _unfit_numbers(rule):
    low, high = _LIMITS.get(DueRule(rule.due), (1, 31))
    unfit = {}
    if rule.day is None or not low <= rule.day <= high:
        unfit["due_day"] = _("Hãy ghi số từ %(low)d đến %(high)d.") % {"low": low, "high": high}
    if rule.due == DueRule.DAY_OF_YEAR and (rule.month is None or not 1 <= rule.month <= 12):
        unfit["due_month"] = _("Hãy ghi tháng từ 1 đến 12.")
    return unfit


_LIMITS = {DueRule.WORKING_DAYS: (1, MOST_WORKING_DAYS), DueRule.WEEKDAY: (2, SUNDAY)}


# --- In words -----------------------------------------------------------------------------------


def name_of(key: str) -> str:
    """Quý III/2024, Tháng 5/2024, 6 tháng đầu năm 2024; what is no key, as of work done once, stays as it is."""
    try:
        first = read(key).first
    except ValueError:
        return key
    year, _dash, rest = number_of(key).partition("-")
    if not rest:
        return _("Năm %(year)s") % {"year": year}
    if rest[0] not in _NAMES:
        return _("Ngày %(day)s") % {"day": printed_day(first)}
    number = int(rest[1:])
    return _NAMES[rest[0]](number) % {"number": number, "roman": _ROMAN[(number - 1) % 4], "year": year}


_NAMES: dict[str, Callable[[int], str]] = {
    "M": lambda number: _("Tháng %(number)d/%(year)s"),
    "Q": lambda number: _("Quý %(roman)s/%(year)s"),
    "H": lambda number: _("6 tháng cuối năm %(year)s") if number > 1 else _("6 tháng đầu năm %(year)s"),
    "W": lambda number: _("Tuần %(number)d/%(year)s"),
}


def said(rule: Rule) -> str:
    """Hằng quý, hạn ngày 15 của tháng cuối kỳ."""
    parts = [str(Recurrence(rule.every).label)]
    if rule.system == PeriodSystem.CUT_OFF and rule.every in OF_MONTHS:
        parts.append(_("kỳ từ ngày 15 đến ngày 14"))
    return ", ".join([*parts, due_said(rule)])


def rhythm_said(task) -> str:
    """The rule of a task in words: the one that was set last, where its `rhythm` is known; else the document's own."""
    rhythm = getattr(task, "rhythm", None)
    return said(rhythm.rule if rhythm else task.rule)


def due_said(rule: Rule) -> str:
    """The day of the rule in words, without a period: "hạn ngày 15 của tháng cuối kỳ"."""
    told = {"day": rule.day, "month": rule.month, "weekday": _WEEKDAYS.get(rule.day or 0, "")}
    if rule.due == DueRule.LAST_MONTH and rule.every == Recurrence.MONTHLY:
        return _("hạn ngày %(day)s hằng tháng") % told
    return _DUE[DueRule(rule.due)]() % told


_WEEKDAYS = {
    2: gettext_lazy("thứ Hai"),
    3: gettext_lazy("thứ Ba"),
    4: gettext_lazy("thứ Tư"),
    5: gettext_lazy("thứ Năm"),
    6: gettext_lazy("thứ Sáu"),
    7: gettext_lazy("thứ Bảy"),
    SUNDAY: gettext_lazy("Chủ nhật"),
}
_DUE: dict[DueRule, Callable[[], str]] = {
    DueRule.NONE: lambda: _("chưa đặt hạn trong kỳ"),
    DueRule.LAST_DAY: lambda: _("hạn ngày cuối kỳ"),
    DueRule.LAST_MONTH: lambda: _("hạn ngày %(day)s của tháng cuối kỳ"),
    DueRule.NEXT_MONTH: lambda: _("hạn ngày %(day)s của tháng sau kỳ"),
    DueRule.WORKING_DAYS: lambda: _("hạn %(day)s ngày làm việc sau ngày cuối kỳ"),
    DueRule.WEEKDAY: lambda: _("hạn %(weekday)s"),
    DueRule.DAY_OF_YEAR: lambda: _("hạn ngày %(day)s tháng %(month)s"),
}
