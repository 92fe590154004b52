"""Working days, counted with the days off that are handed in; pure arithmetic."""

from collections.abc import Container, Set
from datetime import date, timedelta

SATURDAY = 5


def is_working(day: date, *, off: Container = (), worked: Container = ()) -> bool:
    """Whether offices work on `day`: not at weekends or on days off, unless worked in compensation."""
    if day in worked:
        return True
    return day.weekday() < SATURDAY and day not in off


def working_days(
    first: date, last: date, *, off: Set[date] = frozenset(), worked: Set[date] = frozenset()
) -> int:
    """How many working days lie after `first` up to and including `last`; 0 when `last` is not later.

    The weeks are reckoned, the days off and the days worked looked at: deadlines lie years apart, on a page by the score.
    """
    if last <= first:
        return 0
    closed = sum(first < day <= last and day.weekday() < SATURDAY and day not in worked for day in off)
    opened = sum(first < day <= last and day.weekday() >= SATURDAY for day in worked)
    return _weekdays(last) - _weekdays(first) - closed + opened


def _weekdays(day):
    """How many there were until this day since the calendar began, on a Monday."""
    weeks, days = divmod(day.toordinal(), 7)
    return weeks * SATURDAY + min(days, SATURDAY)


def add_working_days(start: date, count: int, *, off: Container = (), worked: Container = ()) -> date:
    """The day on which the `count`-th working day after `start` falls."""
    day = start
    while count > 0:
        day += timedelta(days=1)
        count -= is_working(day, off=off, worked=worked)
    return day
