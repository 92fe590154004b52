"""The half-months by which the counters are kept: cut at the 1st and the 15th, so that calendar periods and those of
NĐ 09/2019 are whole numbers of them."""

from datetime import date, timedelta

from django.db.models import Case, IntegerField, Value, When
from django.db.models.functions import Cast, ExtractMonth, ExtractYear

MID_MONTH = 15
# Later than the bucket of any day.
MOST = 10_000 * 24


def bucket(day: date) -> int:
    """The half-month of the day, counted from the year 0."""
    return day.year * 24 + (day.month - 1) * 2 + (day.day >= MID_MONTH)


def bucket_of(field: str, *, halves: bool):
    """The bucket of a day in a row, as SQL; without `halves` that of its month's first day."""
    months = Cast(ExtractYear(field), IntegerField()) * 24 + Cast(ExtractMonth(field), IntegerField()) * 2 - 2
    if not halves:
        return months
    late = Case(When(**{f"{field}__day__gte": MID_MONTH}, then=Value(1)), default=Value(0))
    return months + late


def begins_bucket(day: date) -> bool:
    return day.day in (1, MID_MONTH)


def month_of(number: int) -> date:
    """The first day of the month that a bucket lies in."""
    year, half = divmod(number, 24)
    return date(year, half // 2 + 1, 1)


def months(first: date, last: date) -> tuple[date, date]:
    """The whole months from that of one day to that of another."""
    following = (last.replace(day=1) + timedelta(days=31)).replace(day=1)
    return first.replace(day=1), following - timedelta(days=1)
