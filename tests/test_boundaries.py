"""Where a day ends and how long it is: by the office's clock and calendar, wherever the machine stands."""

import os
import time as machine_time
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from directives import compliance, tracking
from directives.calendar import add_working_days
from directives.enums import Standing
from directives.models import Assignment
from units import clock
from units.holidays import office_calendar

from .factories import Office, assignments_of

pytestmark = pytest.mark.django_db
VIET_NAM = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture(params=["UTC", "Asia/Tokyo", "America/Los_Angeles"])
def machine(request, monkeypatch):
    """The server's own clock stands in another zone."""
    monkeypatch.setitem(os.environ, "TZ", request.param)
    machine_time.tzset()
    yield
    monkeypatch.undo()
    machine_time.tzset()


def last_second(day):
    return datetime.combine(day, time(23, 59, 59), VIET_NAM)


def figures(office):
    return compliance.tally(compliance.visible(office.leader), clock.today())


@pytest.mark.usefixtures("machine")
def test_due_today_is_late_from_midnight_in_viet_nam_on():
    office = Office(rooms=1)
    due_on = assignments_of(office.issue(tasks=1, due_in=3))[0].due_on
    with clock.travel(last_second(due_on)):
        assert (figures(office).overdue, figures(office).due_soon) == (0, 1)
    with clock.travel(last_second(due_on) + timedelta(seconds=1)):
        assert (figures(office).overdue, figures(office).due_soon) == (1, 0)


@pytest.mark.usefixtures("machine")
@pytest.mark.parametrize(
    ("seconds", "standing"), [(0, Standing.DONE_ON_TIME), (1, Standing.DONE_LATE)], ids=["in time", "late"]
)
def test_the_second_of_the_report_decides(seconds, standing):
    office = Office(rooms=1)
    row = assignments_of(office.issue(tasks=1, due_in=3))[0]
    with clock.travel(last_second(row.due_on) + timedelta(seconds=seconds)):
        tracking.accept(office.report(row), by=office.monitor)
        found = compliance.standing_on(Assignment.objects.filter(pk=row.pk), clock.today())
        assert found.get().stands == standing


@pytest.mark.parametrize(
    ("start", "working_days", "day"),
    [
        # Tết Đinh Mùi: the days off go from Thursday 4 to Wednesday 10 February 2027.
        (date(2027, 2, 3), 5, date(2027, 2, 17)),
        (date(2027, 2, 1), 2, date(2027, 2, 3)),
        (date(2027, 2, 2), 2, date(2027, 2, 11)),
        # A plain week.
        (date(2026, 11, 25), 5, date(2026, 12, 2)),
    ],
)
def test_working_days_across_tet(start, working_days, day):
    calendar = office_calendar(start, start + timedelta(days=40))
    assert add_working_days(start, working_days, **calendar) == day
