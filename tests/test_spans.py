"""What counts in a period, how it came into it, and which period was before."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db.models import Count
from hypothesis import given
from hypothesis import strategies as st

from directives import compliance, periods, recipients, tracking
from directives.compliance import Arrival, Span, arrival
from directives.distribution import Share
from directives.models import Assignment
from units import clock

from .factories import Office, assignments_of
from .screens import ago


def day(days_ago):
    return clock.today() - timedelta(days=days_ago)


@pytest.fixture
def office(db):
    return Office(rooms=2)


def counted(span):
    """Standings and arrivals of what counts in the period."""
    found = compliance.standing_on(Assignment.objects.all(), span).annotate(arrival=arrival(span)).order_by()
    return Counter(dict(found.values_list("arrival").annotate(n=Count("pk"))))


def work(office, *, given, due_in=100, to=0):
    with ago(given):
        return assignments_of(office.issue(tasks=1, due_in=due_in, to=[office.rooms[to]]))[0]


def finish(office, row, *, on):
    with ago(on):
        office.accept(row)
    return row


def test_what_was_finished_before_the_period_is_not_owed_in_it(office):
    finish(office, work(office, given=50), on=30)
    assert counted(Span(day(0), day(20))) == {}
    assert counted(Span(day(0), day(30))) == {Arrival.CARRIED_OVER: 1}
    assert counted(Span(day(0), day(50))) == {Arrival.ASSIGNED: 1}


def test_what_is_unfinished_is_carried_over_and_what_came_later_waits_for_its_own_period(office):
    work(office, given=50), work(office, given=10)
    assert counted(Span(day(0), day(20))) == {Arrival.CARRIED_OVER: 1, Arrival.ASSIGNED: 1}
    assert counted(Span(day(0), day(20), day(15))) == {Arrival.CARRIED_OVER: 1}
    assert counted(Span(day(15), day(20), day(15))) == {Arrival.CARRIED_OVER: 1}


def test_a_past_period_stands_as_it_did(office):
    finish(office, work(office, given=50), on=10)
    then, now = (compliance.tally(Assignment.objects.all(), Span(day(n), day(40), day(20))) for n in (20, 0))
    assert (then.total, then.done, then.open) == (1, 0, 1)
    assert (now.total, now.done, now.open) == (1, 1, 0)


def test_what_is_opened_again_is_owed_again(office):
    row = finish(office, work(office, given=50), on=30)
    with ago(5):
        tracking.reopen(row, by=office.monitor, reason="Sai số liệu")
    assert counted(Span(day(0), day(20))) == {Arrival.CARRIED_OVER: 1}
    assert counted(Span(day(6), day(20), day(6))) == {}


def test_what_is_handed_on_leaves_one_unit_and_reaches_the_other_that_day(office):
    row = work(office, given=50)
    with ago(10):
        tracking.transfer(row, by=office.monitor, unit=office.rooms[1], reason="Đúng chức năng")
    assert counted(Span(day(0), day(20))) == {Arrival.CARRIED_OVER: 1, Arrival.TRANSFERRED_IN: 1}
    assert counted(Span(day(0), day(60))) == {Arrival.ASSIGNED: 1, Arrival.TRANSFERRED_IN: 1}
    assert counted(Span(day(0), day(5))) == {Arrival.CARRIED_OVER: 1}
    assert counted(Span(day(11), day(20), day(11))) == {Arrival.CARRIED_OVER: 1}
    totals = [compliance.tally(Assignment.objects.all(), Span(day(0), day(n))).total for n in (5, 20, 60)]
    assert totals == [1, 1, 1]


def test_what_was_handed_on_let_off_and_given_anew_is_received_the_day_it_was_given_anew(office):
    row = work(office, given=50)
    with ago(40):
        moved = tracking.transfer(row, by=office.monitor, unit=office.rooms[1], reason="Đúng chức năng")
    with ago(30):
        tracking.cancel(moved, by=office.monitor, reason="Giao nhầm")
    with ago(5):
        given = Share(moved.task, day(-30))
        basis = recipients.Basis("Cần làm tiếp")
        recipients.add_recipient(
            moved.directive, by=office.monitor, unit=moved.unit, shares=[given], basis=basis
        )
    assert counted(Span(day(0), day(20)))[Arrival.ASSIGNED] == 1
    assert counted(Span(day(35), day(45), day(35)))[Arrival.TRANSFERRED_IN] == 1


@pytest.mark.parametrize(("given", "taken_up"), [(50, 40), (40, 40)])
def test_when_work_was_taken_up_is_known_of_a_past_day_after_it_was_given_anew(office, given, taken_up):
    row = work(office, given=given)
    with ago(taken_up):
        tracking.acknowledge(row, by=office.head_of(row))
    span, rows = Span(day(20)), Assignment.objects.all()
    before = compliance.official_table(rows, span).total.values, compliance.receipt(rows, span)
    assert (before[0]["silent_30"], before[1].acknowledged, before[1].prompt) == (0, 1, given == taken_up)
    with ago(10):
        tracking.cancel(row, by=office.monitor, reason="Giao nhầm")
    with ago(5):
        again = {"by": office.monitor, "unit": row.unit, "shares": [Share(row.task, day(-30))]}
        recipients.add_recipient(row.directive, basis=recipients.Basis("Cần làm tiếp"), **again)
    row.refresh_from_db()
    assert row.acknowledged_at is None
    assert (compliance.official_table(rows, span).total.values, compliance.receipt(rows, span)) == before


def test_the_rows_behind_a_number_of_a_period(office):
    old, new = work(office, given=50, due_in=5), work(office, given=10, due_in=5)
    finish(office, old, on=30)
    assert list(
        compliance.rows(Assignment.objects.all(), Span(day(0), day(20)), compliance.Tally.overdue)
    ) == [new]


KEYS = st.builds(
    lambda year, part, cut: f"{year}{part}{cut}",
    st.integers(1990, 2090),
    st.sampled_from(
        ["", "-H1", "-H2", *(f"-Q{n}" for n in range(1, 5)), *(f"-M{n:02d}" for n in range(1, 13))]
    ),
    st.sampled_from(["", "c"]),
)


@given(KEYS)
def test_the_period_before_ends_on_the_eve_and_has_a_key_of_the_same_kind(key):
    span = Span.named(key, as_of=date(2100, 1, 1))
    before = span.before()
    assert before.last == before.as_of == span.first - timedelta(days=1)
    rule = {"": "yearly", "-H": "half_yearly", "-Q": "quarterly", "-M": "monthly"}[key.rstrip("c")[4:6]]
    found = periods.period_on(periods.Rule(rule, "cut_off" if key.endswith("c") else "calendar"), before.last)
    assert (found.first, found.last) == (before.first, before.last)


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(0, 400))
def test_the_free_range_before_is_as_long_or_of_as_many_months(first, days):
    span = Span(date(2100, 1, 1), first, first + timedelta(days=days))
    before = span.before()
    assert before.last == first - timedelta(days=1)
    months = (span.last + timedelta(days=1)).day == first.day in (1, 15)
    assert months or before.last - before.first == span.last - first


@pytest.mark.parametrize("first", [date(2026, 1, 1), date(2026, 1, 2)])
@pytest.mark.parametrize("last", [date(8026, 12, 31), date.max])
def test_before_what_is_longer_than_the_calendar_goes_back_is_nothing(first, last):
    assert Span(date(2026, 6, 1), first, last).before() is None


def test_without_a_first_day_there_is_no_period_before():
    assert Span(date(2024, 5, 1)).before() is None
