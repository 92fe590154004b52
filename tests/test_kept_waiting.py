"""What the office keeps waiting: reports on late work that it did not decide on by the next working day."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from directives import tracking
from directives.models import Assignment
from directives.tracking import Document
from tests.factories import Office, assignments_of
from tests.figures_world import counted, get, html
from units import clock
from units.enums import DayKind
from units.models import CalendarDay

pytestmark = pytest.mark.django_db
PAGE, TITLE = "/thong-ke/can-quyet/", "Cơ quan ta chậm xác nhận"
# A Thursday.
NOW = datetime(2026, 6, 18, 9, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def office():
    return Office(rooms=3)


@pytest.fixture
def late(office):
    with clock.travel(NOW - timedelta(days=40)):
        return assignments_of(office.issue(tasks=1, due_in=10))


def report(office, row, days):
    with clock.travel(NOW - timedelta(days=days)):
        office.report(row)


def kept(office, *, days=0):
    with clock.travel(NOW + timedelta(days=days)):
        answer = get(office.monitor, PAGE)
    return [(row.pk, row.waited) for row in answer.context["kept_waiting"]], html(answer)


def test_what_came_in_a_minute_ago_or_yesterday_is_no_reproach(office, late):
    now, yesterday, before = late
    report(office, now, 0), report(office, yesterday, 1), report(office, before, 2)
    rows, shown = kept(office)
    assert rows == [(before.pk, 2)]
    assert "1 báo cáo đã quá thời hạn, chờ xác nhận quá một ngày làm việc" in shown
    assert kept(office, days=1)[0] == [(before.pk, 3), (yesterday.pk, 2)]


def test_days_off_are_no_days_of_waiting(office, late):
    """Reported on Thursday, looked at on Monday, which is off, and on Tuesday and Wednesday."""
    first, second, _third = late
    report(office, first, 0), report(office, second, -1)
    CalendarDay.objects.create(day=NOW.date() + timedelta(days=4), kind=DayKind.OFF)
    assert [kept(office, days=days)[0] for days in (4, 5, 6)] == [
        [],
        [(first.pk, 2)],
        [(first.pk, 3), (second.pk, 2)],
    ]
    assert TITLE not in kept(office, days=4)[1]


def test_new_evidence_on_accepted_work_begins_to_wait_when_it_comes(office, late):
    report(office, late[0], 20)
    with clock.travel(NOW - timedelta(days=19)):
        tracking.accept(Assignment.objects.get(pk=late[0].pk), by=office.monitor)
    with clock.travel(NOW):
        row = Assignment.objects.get(pk=late[0].pk)
        tracking.supplement(
            row, by=office.head_of(row), text="Bổ sung", evidence=[Document("5/BC", NOW.date())]
        )
    assert TITLE not in kept(office)[1]


def test_what_waits_costs_the_calendar_and_no_more(office, late):
    with clock.travel(NOW):
        none = counted(office.monitor, PAGE)
    report(office, late[0], 2)
    with clock.travel(NOW):
        some = counted(office.monitor, PAGE)
    assert some.queries == none.queries + 1
