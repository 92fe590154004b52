"""The periods of recurring duties: they tile time, their keys say them whole, their reports are due inside or after."""

from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from directives import periods
from directives.enums import OF_MONTHS, DueRule, PeriodSystem, Recurrence
from directives.periods import Rule

EVERY = [one for one in Recurrence if one]
KINDS = st.builds(Rule, st.sampled_from(EVERY), st.sampled_from(PeriodSystem))
DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
CALENDAR, CUT_OFF = PeriodSystem


def rules():
    """Every rule that can be carried out."""
    numbers = st.none() | st.integers(1, 31)
    drawn = st.builds(
        Rule, st.sampled_from(EVERY), st.sampled_from(PeriodSystem), st.sampled_from(DueRule), numbers, st.integers(1, 12)
    )  # fmt: skip
    return drawn.filter(lambda rule: not periods.faults(rule))


@given(KINDS, DAYS)
def test_periods_tile_time_without_gap_or_overlap(rule, day):
    period = periods.period_on(rule, day)
    assert period.first <= day <= period.last
    for inside in (period.first, period.last):
        assert periods.period_on(rule, inside) == period
    after = periods.following(rule, period)
    assert after.first == period.last + timedelta(days=1)
    assert periods.period_on(rule, period.first - timedelta(days=1)).last == period.first - timedelta(days=1)


@given(KINDS, DAYS)
def test_a_key_says_its_period_whole(rule, day):
    period = periods.period_on(rule, day)
    assert periods.read(period.key) == period
    assert len(period.key) <= 10


@given(KINDS, DAYS, DAYS)
def test_keys_sort_as_periods_follow_in_time(rule, one, other):
    one, other = periods.period_on(rule, one), periods.period_on(rule, other)
    assert (one.key < other.key) == (one.first < other.first)


@given(rules(), DAYS)
def test_no_report_is_due_before_its_period_begins(rule, day):
    period = periods.period_on(rule, day)
    due = periods.due_on(rule, period)
    assert (due is None) == (rule.due == DueRule.NONE)
    assert due is None or due >= period.first


@pytest.mark.parametrize(
    ("every", "system", "day", "key", "first", "last"),
    [
        ("daily", "", "2024-05-31", "2024-05-31", "2024-05-31", "2024-05-31"),
        ("weekly", "", "2024-12-31", "2025-W01", "2024-12-30", "2025-01-05"),
        ("monthly", "", "2024-02-29", "2024-M02", "2024-02-01", "2024-02-29"),
        ("quarterly", "", "2024-08-01", "2024-Q3", "2024-07-01", "2024-09-30"),
        ("half_yearly", "", "2024-07-01", "2024-H2", "2024-07-01", "2024-12-31"),
        ("yearly", "", "2024-07-01", "2024", "2024-01-01", "2024-12-31"),
        ("monthly", "cut_off", "2024-05-15", "2024-M06c", "2024-05-15", "2024-06-14"),
        ("quarterly", "cut_off", "2023-12-15", "2024-Q1c", "2023-12-15", "2024-03-14"),
        ("quarterly", "cut_off", "2024-12-14", "2024-Q4c", "2024-09-15", "2024-12-14"),
        ("half_yearly", "cut_off", "2024-06-15", "2024-H2c", "2024-06-15", "2024-12-14"),
        ("yearly", "cut_off", "2023-12-15", "2024c", "2023-12-15", "2024-12-14"),
    ],
)
def test_the_periods_of_both_systems(every, system, day, key, first, last):
    period = periods.period_on(Rule(every, system), date.fromisoformat(day))
    assert (period.key, period.first.isoformat(), period.last.isoformat()) == (key, first, last)


@pytest.mark.parametrize(
    ("rule", "key", "due"),
    [
        (Rule("quarterly", due="last_month", day=15), "2024-Q3", "2024-09-15"),
        (Rule("quarterly", due="last_month", day=31), "2024-Q2", "2024-06-30"),
        (Rule("quarterly", due="next_month", day=5), "2024-Q4", "2025-01-05"),
        (Rule("monthly", due="last_month", day=30), "2024-M02", "2024-02-29"),
        (Rule("monthly", due="last_day"), "2023-M02", "2023-02-28"),
        (Rule("half_yearly", due="last_month", day=15), "2024-H1", "2024-06-15"),
        (Rule("half_yearly", CUT_OFF, "last_month", 15), "2024-H1c", "2024-06-15"),
        (Rule("yearly", due="day_of_year", day=15, month=12), "2024", "2024-12-15"),
        (Rule("yearly", CUT_OFF, "day_of_year", 20, 12), "2024c", "2024-12-20"),
        (Rule("weekly", due="weekday", day=6), "2024-W21", "2024-05-24"),
        (Rule("weekly", due="weekday", day=8), "2024-W21", "2024-05-26"),
        (Rule("monthly", CUT_OFF, "working_days", 2), "2024-M06c", "2024-06-18"),
        (Rule("monthly"), "2024-M06", None),
    ],
)
def test_the_day_a_report_is_due(rule, key, due):
    found = periods.due_on(rule, periods.read(key))
    assert (found and found.isoformat()) == due


def test_working_days_leave_out_tet():
    off = {date(2025, 1, 27) + timedelta(days=n) for n in range(7)}
    period = periods.Period("2025-M01c", date(2024, 12, 15), date(2025, 1, 24))
    rule = Rule("monthly", CUT_OFF, "working_days", 1)
    assert periods.due_on(rule, period, off=off) == date(2025, 2, 3)


@pytest.mark.parametrize(
    ("key", "name", "english"),
    [
        ("2024-Q3", "Quý III/2024", "Quarter III/2024"),
        ("2024-Q3c", "Quý III/2024", "Quarter III/2024"),
        ("2024-M05", "Tháng 5/2024", "Month 5/2024"),
        ("2024-W21", "Tuần 21/2024", "Week 21/2024"),
        ("2024-H1", "6 tháng đầu năm 2024", "First half of 2024"),
        ("2024-H2c", "6 tháng cuối năm 2024", "Second half of 2024"),
        ("2024", "Năm 2024", "Year 2024"),
        ("2024-05-31", "Ngày 31/5/2024", "Day 31/5/2024"),
        ("", "", ""),
        ("linh tinh", "linh tinh", "linh tinh"),
        ("2024-Q7", "2024-Q7", "2024-Q7"),
    ],
)
def test_the_name_of_a_period(key, name, english):
    assert periods.name_of(key) == name
    with translation.override("en"):
        assert periods.name_of(key) == english


@given(rules())
def test_every_rule_is_said_in_words(rule):
    assert periods.said(rule)
    assert "%(" not in periods.said(rule) + periods.due_said(rule)


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        (Rule("weekly", due="last_month", day=5), "due_rule"),
        (Rule("daily", due="next_month", day=5), "due_rule"),
        (Rule("monthly", due="weekday", day=5), "due_rule"),
        (Rule("quarterly", due="day_of_year", day=5, month=6), "due_rule"),
        (Rule("quarterly", due="last_month"), "due_day"),
        (Rule("quarterly", due="last_month", day=32), "due_day"),
        (Rule("weekly", due="weekday", day=9), "due_day"),
        (Rule("yearly", due="day_of_year", day=5), "due_month"),
    ],
)
def test_a_rule_that_cannot_be_carried_out_says_where(rule, field):
    assert list(periods.faults(rule)) == [field]


def test_months_are_what_both_systems_part():
    assert {
        every for every in EVERY if periods.period_on(Rule(every, CUT_OFF), date(2024, 5, 20)).key[-1] == "c"
    } == OF_MONTHS
