"""Units that come to recurring work after its issue, or are let off it: which periods each of them has."""

from datetime import date
from itertools import pairwise

import pytest

from directives import recipients, recurring, tracking
from directives.distribution import Share
from directives.enums import AssignmentState
from directives.errors import Incomplete
from directives.models import Assignment, Recipient, Rhythm
from directives.periods import Rule
from tests.factories import make_unit
from tests.recurring_world import MONTHLY, QUARTERLY, Duties, on

pytestmark = pytest.mark.django_db

WHY = recipients.Basis("Theo chức năng")


def add(duties, day, unit):
    with on(day):
        told = {"unit": unit, "shares": [Share(duties.task)], "basis": WHY}
        recipients.add_recipient(duties.letter, by=duties.office.monitor, **told)


def test_a_unit_added_later_begins_with_the_period_that_runs_and_goes_on():
    duties = Duties()
    late = make_unit(parent=duties.office.unit)
    add(duties, "2024-09-03", late)
    assert duties.dates(late) == [("2024-Q3", "2024-09-03", "2024-09-15")]
    duties.open("2024-10-02")
    assert duties.periods(late) == ["2024-Q3", "2024-Q4"]


def test_a_unit_added_when_no_report_can_come_in_time_begins_with_the_next_period():
    duties = Duties()
    late = make_unit(parent=duties.office.unit)
    add(duties, "2024-09-20", late)
    assert duties.dates(late) == [("2024-Q4", "2024-10-01", "2024-12-15")]


def test_a_unit_let_off_gets_no_period_until_it_is_added_again():
    duties = Duties()
    with on("2024-09-05"):
        recipients.remove_recipient(duties.letter, by=duties.office.monitor, unit=duties.first, basis=WHY)
    duties.open("2024-10-02")
    assert duties.periods() == ["2024-Q3"]
    add(duties, "2024-10-10", duties.first)
    assert duties.periods() == ["2024-Q3", "2024-Q4"]
    duties.open("2025-01-02")
    assert duties.periods() == ["2024-Q3", "2024-Q4", "2025-Q1"]


def let_off(duties, day, unit):
    with on(day):
        recipients.remove_recipient(duties.letter, by=duties.office.monitor, unit=unit, basis=WHY)


def test_a_unit_whose_reports_are_all_accepted_is_let_off_what_is_to_come():
    duties = Duties()
    with on("2024-09-05"):
        duties.office.accept(duties.row(duties.first, "2024-Q3"))
    let_off(duties, "2024-09-06", duties.first)
    duties.open("2025-01-05")
    assert (duties.periods(), duties.periods(duties.second)) == (
        ["2024-Q3"],
        ["2024-Q3", "2024-Q4", "2025-Q1"],
    )
    assert duties.row(duties.first, "2024-Q3").state == AssignmentState.ACCEPTED
    with pytest.raises(Incomplete) as refused:
        let_off(duties, "2025-01-06", duties.first)
    assert list(refused.value.fields) == ["unit"]


@pytest.mark.parametrize("touched", [False, True])
def test_a_unit_let_off_with_a_period_ahead_and_added_again_goes_on(touched):
    duties = Duties(MONTHLY)
    duties.open("2024-09-25")
    with on("2024-09-25"):
        if touched:
            tracking.acknowledge(duties.row(duties.first, "2024-M10"), by=duties.office.heads[duties.first])
    let_off(duties, "2024-09-26", duties.first)
    assert ("2024-M10" in duties.periods()) == touched
    add(duties, "2024-09-27", duties.first)
    for day in ("2024-09-28", "2024-10-28", "2024-11-28"):
        duties.open(day)
    assert duties.periods()[-3:] == ["2024-M10", "2024-M11", "2024-M12"]
    assert duties.row(duties.first, "2024-M10").state == AssignmentState.NOT_STARTED


def test_a_unit_added_after_a_stop_of_the_job_takes_no_period_from_the_others():
    duties = Duties(MONTHLY)
    add(duties, "2024-10-10", make_unit(parent=duties.office.unit))
    duties.open("2024-10-10")
    assert duties.periods() == ["2024-M08", "2024-M09", "2024-M10"]


def test_a_unit_is_added_between_a_change_of_the_rule_and_its_first_period():
    duties = Duties(MONTHLY)
    late = make_unit(parent=duties.office.unit)
    duties.change("2024-08-25", QUARTERLY)
    add(duties, "2024-08-26", late)
    duties.open("2024-09-28")
    assert duties.periods(late) == ["2024-M08", "2024-M09", "2024-Q4"]


def test_a_unit_is_given_the_next_rule_s_period_where_the_running_rule_begins_none():
    duties = Duties(Rule("quarterly", due="last_month", day=5))
    duties.change("2024-09-10", Rule("monthly", due="last_day"))
    late = make_unit(parent=duties.office.unit)
    add(duties, "2024-09-11", late)
    assert duties.periods(late) == ["2024-M10"]


def test_a_task_issued_before_its_rules_were_kept_gives_its_own():
    duties = Duties()
    Rhythm.objects.all().delete()
    late = make_unit(parent=duties.office.unit)
    add(duties, "2024-09-03", late)
    assert duties.periods(late) == ["2024-Q3"]


def test_a_duty_that_has_ended_is_given_to_nobody_more():
    duties = Duties()
    with on("2024-09-05"):
        recurring.end_rhythm(duties.task, by=duties.office.leader, reason="Thôi")
    with pytest.raises(Incomplete) as refused:
        add(duties, "2024-10-10", make_unit(parent=duties.office.unit))
    assert list(refused.value.fields) == ["tasks"]


@pytest.mark.parametrize("hands", [1, 2, 3])
def test_an_old_period_handed_from_unit_to_unit_leaves_the_duty_with_who_had_it(hands):
    duties = Duties(rooms=2)
    with on("2024-08-21"):
        units = [duties.first, *(make_unit(parent=duties.office.unit) for _ in range(hands))]
    duties.open("2024-10-02")
    with on("2024-10-03"):
        for giver, taker in pairwise(units):
            row = duties.row(giver, "2024-Q3")
            tracking.transfer(row, by=duties.office.monitor, unit=taker, reason="Đúng chức năng")
    duties.open("2025-01-02")
    assert duties.periods() == ["2024-Q3", "2024-Q4", "2025-Q1"]
    assert [duties.periods(unit) for unit in units[1:]] == [["2024-Q3"]] * hands
    with on("2025-01-03"):
        still = recurring.still_given(duties.letter).values_list("unit", flat=True)
        assert set(still) == {duties.first.pk, duties.second.pk}


@pytest.fixture
def of_two_tasks():
    """A unit whose only report of a recurring task was accepted before it was let off, under a letter of two tasks."""
    duties = Duties(rooms=2, others=1)
    with on("2024-09-10"):
        duties.office.accept(duties.row(duties.second, "2024-Q3"))
        recipients.remove_recipient(duties.letter, by=duties.office.monitor, unit=duties.second, basis=WHY)
    duties.open("2024-10-05")
    assert duties.periods(duties.second) == ["2024-Q3"]
    return duties


def give_the_other(duties, by_transfer):
    other = duties.letter.tasks.exclude(pk=duties.task.pk).get()
    if by_transfer:
        row = Assignment.objects.select_related("directive").get(task=other, unit=duties.first)
        tracking.transfer(row, by=duties.office.monitor, unit=duties.second, reason="Đúng chức năng")
    else:
        told = {"unit": duties.second, "shares": [Share(other, date(2025, 6, 1))], "basis": WHY}
        recipients.add_recipient(duties.letter, by=duties.office.monitor, **told)


@pytest.mark.parametrize("by_transfer", [True, False])
def test_a_duty_that_a_unit_was_let_off_does_not_come_back_with_another_task(of_two_tasks, by_transfer):
    duties = of_two_tasks
    with on("2024-11-10"):
        give_the_other(duties, by_transfer)
        assert Recipient.objects.get(unit=duties.second).removed_at is None
    duties.open("2025-01-05")
    assert duties.periods(duties.second) == ["2024-Q3"]
    add(duties, "2025-01-06", duties.second)
    duties.open("2025-04-05")
    assert duties.periods(duties.second) == ["2024-Q3", "2025-Q1", "2025-Q2"]


def test_a_unit_that_finished_its_period_before_it_was_let_off_is_given_the_next_ones_again():
    duties = Duties()
    with on("2024-09-03"):
        duties.office.accept(duties.row(duties.first, "2024-Q3"))
    let_off(duties, "2024-09-04", duties.first)
    add(duties, "2024-09-05", duties.first)
    assert duties.row(duties.first, "2024-Q3").state == AssignmentState.ACCEPTED
    duties.open("2024-10-05")
    assert duties.periods() == ["2024-Q3", "2024-Q4"]
    with pytest.raises(Incomplete) as refused:
        add(duties, "2024-10-06", duties.first)
    assert list(refused.value.fields) == ["tasks"]
