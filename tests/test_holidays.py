"""The days nobody works: the public holidays of Việt Nam, and what was declared besides."""

from datetime import date

import pytest

from directives.calendar import working_days
from tests.factories import make_unit, make_user
from units import structure
from units.enums import Act, DayKind, Role
from units.errors import NotAllowed
from units.holidays import days_off, worked_days
from units.models import CalendarDay, Event

pytestmark = pytest.mark.django_db

# The first day of the lunar year.
TET = {2024: date(2024, 2, 10), 2025: date(2025, 1, 29), 2026: date(2026, 2, 17), 2027: date(2027, 2, 6)}
FIXED = [(1, 1), (4, 30), (5, 1), (9, 2)]
# Giỗ Tổ Hùng Vương, the tenth of the third lunar month.
KINGS = {2024: date(2024, 4, 18), 2025: date(2025, 4, 7), 2026: date(2026, 4, 26), 2027: date(2027, 4, 16)}


@pytest.mark.parametrize("year", TET)
def test_public_holidays(year):
    off = days_off(year, year)
    assert TET[year] in off
    assert KINGS[year] in off
    assert {date(year, month, day) for month, day in FIXED} <= off


@pytest.mark.parametrize("year", TET)
def test_tet_is_five_days_at_least(year):
    off = days_off(year, year)
    around = [day for day in off if abs((day - TET[year]).days) <= 6]
    assert len(around) >= 5


def test_years_are_asked_together():
    assert {TET[2024], TET[2027]} <= days_off(2024, 2027)
    assert not any(day.year == 2024 for day in days_off(2025, 2027))


def test_what_is_declared_comes_before_the_library():
    monday, saturday = date(2024, 4, 29), date(2024, 5, 4)
    CalendarDay.objects.create(day=monday, kind=DayKind.OFF, note="Hoán đổi")
    CalendarDay.objects.create(day=saturday, kind=DayKind.WORK, note="Làm bù")
    off, worked = days_off(2024, 2024), worked_days(2024, 2024)
    assert monday in off
    assert saturday in worked
    # Friday 26/4 to Monday 6/5: Thursday, Friday, the Saturday worked, and Monday itself.
    assert working_days(date(2024, 4, 26), date(2024, 5, 6), off=off, worked=worked) == 4


def test_a_holiday_may_be_worked():
    holiday = date(2025, 5, 1)
    CalendarDay.objects.create(day=holiday, kind=DayKind.WORK)
    assert holiday not in days_off(2025, 2025)
    assert holiday in worked_days(2025, 2025)


def test_the_calendar_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        days_off(2024, 2027)


def test_declaring_changing_and_forgetting_a_day_is_recorded():
    administrator = make_user(Role.ADMIN, make_unit())
    day = structure.keep(CalendarDay(day=date(2024, 4, 29), kind=DayKind.OFF), by=administrator)
    day.note = "Hoán đổi theo thông báo"
    structure.keep(day, by=administrator)
    structure.remove_day(day, by=administrator)
    verbs = list(Event.objects.order_by("sequence").values_list("verb", flat=True))
    assert verbs == [Act.CREATE_DAY, Act.CHANGE_DAY, Act.REMOVE_DAY]
    with pytest.raises(NotAllowed):
        structure.keep(
            CalendarDay(day=date(2024, 4, 29), kind=DayKind.OFF), by=make_user(Role.CLERK, make_unit())
        )
