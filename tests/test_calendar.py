"""Working days: the arithmetic of directives.calendar, without any calendar of a country."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.calendar import add_working_days, is_working, working_days

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
CLOSE = st.integers(0, 60)
SETS = st.frozensets(DAYS, max_size=40)
FRIDAY, SATURDAY, MONDAY = date(2024, 5, 31), date(2024, 6, 1), date(2024, 6, 3)


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        (FRIDAY, FRIDAY, 0),
        (FRIDAY, SATURDAY, 0),
        (FRIDAY, MONDAY, 1),
        (MONDAY, FRIDAY, 0),
        (FRIDAY, date(2024, 6, 10), 6),
        (date(2024, 12, 31), date(2025, 1, 2), 2),
    ],
)
def test_working_days_between(first, last, count):
    assert working_days(first, last) == count


def test_a_day_off_and_a_day_worked_in_compensation_change_places():
    assert working_days(FRIDAY, MONDAY, off={MONDAY}) == 0
    assert working_days(FRIDAY, MONDAY, worked={SATURDAY}) == 2
    assert is_working(MONDAY, off={MONDAY}, worked={MONDAY})


NEAR = st.frozensets(st.integers(-3, 25))


@given(DAYS, st.integers(-3, 22), NEAR, NEAR)
def test_reckoning_by_weeks_is_counting_day_by_day(first, span, off, worked):
    """The days off and worked lie about the first and the last, and on them."""
    off, worked = ({first + timedelta(days=n) for n in days} for days in (off, worked))
    days = (first + timedelta(days=n) for n in range(1, span + 1))
    counted = sum(is_working(day, off=off, worked=worked) for day in days)
    assert working_days(first, first + timedelta(days=span), off=off, worked=worked) == counted


@given(DAYS, CLOSE, CLOSE, SETS)
def test_counting_may_stop_on_the_way(first, near, far, off):
    middle, last = first + timedelta(days=near), first + timedelta(days=near + far)
    assert working_days(first, last, off=off) == working_days(first, middle, off=off) + working_days(
        middle, last, off=off
    )


@given(DAYS, st.integers(0, 30), SETS, SETS)
def test_counting_and_adding_are_inverse(start, count, off, worked):
    day = add_working_days(start, count, off=off, worked=worked)
    assert working_days(start, day, off=off, worked=worked) == count
    assert count == 0 or is_working(day, off=off, worked=worked)


@given(DAYS, CLOSE, SETS)
def test_days_off_never_add_working_days(first, span, off):
    last = first + timedelta(days=span)
    assert 0 <= working_days(first, last, off=off) <= working_days(first, last) <= span
