"""The days nobody works: weekends apart, the public holidays of Việt Nam and the declared exceptions."""

from datetime import date

import holidays as library

from units.enums import DayKind
from units.models import CalendarDay


def days_off(first_year: int, last_year: int) -> frozenset:
    """Public holidays and declared days off of these years, less the days worked in compensation. One query.

    The library knows Tết by the lunar calendar; what the Government decides each year is in `CalendarDay`.
    """
    off = set(public_holidays(first_year, last_year))
    for day, kind in _exceptions(first_year, last_year):
        if kind == DayKind.OFF:
            off.add(day)
        else:
            off.discard(day)
    return frozenset(off)


def public_holidays(first_year: int, last_year: int) -> frozenset:
    """Those of these years by law, without what was declared besides. No query."""
    return frozenset(library.country_holidays("VN", years=range(first_year, last_year + 1)))


def worked_days(first_year: int, last_year: int) -> frozenset:
    """Weekend days that are worked in compensation. One query."""
    return frozenset(day for day, kind in _exceptions(first_year, last_year) if kind == DayKind.WORK)


def office_calendar(first: date, last: date) -> dict[str, frozenset]:
    """What `directives.calendar` asks for between two days: the days `off` and those `worked`. One query."""
    declared = list(_exceptions(first.year, last.year))
    worked = frozenset(day for day, kind in declared if kind == DayKind.WORK)
    off = {day for day, kind in declared if kind == DayKind.OFF}
    return {"off": (public_holidays(first.year, last.year) | off) - worked, "worked": worked}


def _exceptions(first_year, last_year):
    days = CalendarDay.objects.filter(day__year__gte=first_year, day__year__lte=last_year)
    return days.values_list("day", "kind")
