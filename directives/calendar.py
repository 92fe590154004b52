"""Working days, counted with the days off that are handed in; pure arithmetic."""

from collections.abc import Container
from datetime import date, timedelta

SATURDAY = 5


def is_working(day: date, *, off: Container = (), worked: Container = ()) -> bool:
    """Whether offices work on `day`: not at weekends or on days off, unless worked in compensation."""
    if day in worked:
        return True
    return day.weekday() < SATURDAY and day not in off


def working_days(first: date, last: date, *, off: Container = (), worked: Container = ()) -> int:
    """How many working days lie after `first` up to and including `last`; 0 when `last` is not later."""
    span = range(1, (last - first).days + 1)
    return sum(is_working(first + timedelta(days=n), off=off, worked=worked) for n in span)


def add_working_days(start: date, count: int, *, off: Container = (), worked: Container = ()) -> date:
    """The day on which the `count`-th working day after `start` falls."""
    day = start
    while count > 0:
        day += timedelta(days=1)
        count -= is_working(day, off=off, worked=worked)
    return day
