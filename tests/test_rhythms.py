"""The rule of a recurring duty changed or ended after issue: the future follows, what is past or running stays."""

from datetime import date

import pytest

from directives import issuing, recurring, rollup, rules, tracking
from directives.enums import DirectiveState
from directives.errors import Incomplete, NotAllowed, WrongState
from directives.models import Rhythm
from directives.periods import Rule
from tests.factories import Office, make_user
from tests.recurring_world import MONTHLY, QUARTERLY, Duties, on
from units.enums import Role
from units.models import Event

pytestmark = pytest.mark.django_db


def test_a_change_holds_from_the_next_period_and_leaves_what_runs():
    duties = Duties()
    duties.open("2024-09-20")
    duties.change("2024-09-21", Rule("quarterly", due="next_month", day=10))
    assert duties.dates() == [
        ("2024-Q3", "2024-08-20", "2024-09-15"),
        ("2024-Q4", "2024-10-01", "2025-01-10"),
    ]
    old, new = Rhythm.objects.order_by("starts_on")
    assert (old.ends_on, new.starts_on, new.ends_on) == (date(2024, 10, 1), date(2024, 10, 1), None)
    event = Event.objects.get(verb="change_rhythm")
    assert (event.note, event.after["from_period"]) == ("Theo quyết định mới", "2024-Q4")


def test_between_two_rhythms_no_part_of_the_year_is_left_out():
    duties = Duties(MONTHLY, issued="2024-08-05")
    duties.change("2024-08-20", QUARTERLY)
    duties.open("2025-01-02")
    assert duties.periods() == ["2024-M08", "2024-M09", "2024-Q4", "2025-Q1"]


@pytest.mark.parametrize(
    ("before", "after", "day", "keys"),
    [
        ("cut_off", "", "2024-06-20", ["2024-Q3c", "2024-Q4", "2025-Q1"]),
        ("", "cut_off", "2024-06-10", ["2024-Q2", "2024-Q3c", "2024-Q4c", "2025-Q1c"]),
        ("", "cut_off", "2024-08-20", ["2024-Q2", "2024-Q3", "2024-Q4c", "2025-Q1c"]),
    ],
)
def test_from_one_system_to_the_other_no_quarter_is_reported_twice(before, after, day, keys):
    issued = "2024-06-16" if before else "2024-06-05"
    duties = Duties(Rule("quarterly", before), issued=issued)
    duties.change(day, Rule("quarterly", after))
    duties.open("2025-01-05")
    assert duties.periods() == keys


def test_what_somebody_has_only_received_ahead_follows_the_new_rule():
    duties = Duties()
    duties.open("2024-09-20")
    with on("2024-09-25"):
        tracking.acknowledge(duties.row(duties.first, "2024-Q4"), by=duties.office.heads[duties.first])
    duties.change("2024-09-26", MONTHLY)
    duties.open("2024-12-26")
    assert duties.dates() == duties.dates(duties.second)
    assert duties.periods() == ["2024-Q3", "2024-M10", "2024-M11", "2024-M12", "2025-M01"]
    assert duties.row(duties.first, "2024-M10").acknowledged_at
    assert rollup.faults() == []


def begun_ahead(rule, period, to):
    """The first unit has noted progress on a period ahead when another rule is set."""
    duties = Duties(rule)
    duties.open("2024-09-25")
    with on("2024-09-25"):
        head = duties.office.heads[duties.first]
        tracking.note_progress(duties.row(duties.first, period), by=head, percent=10)
    duties.change("2024-09-26", to)
    duties.open("2025-01-26")
    return duties


def test_who_has_begun_on_a_period_ahead_goes_by_the_new_rule_from_its_end():
    duties = begun_ahead(QUARTERLY, "2024-Q4", MONTHLY)
    assert duties.periods() == ["2024-Q3", "2024-Q4", "2025-M01", "2025-M02"]
    monthly = ["2024-M10", "2024-M11", "2024-M12", "2025-M01", "2025-M02"]
    assert duties.periods(duties.second) == ["2024-Q3", *monthly]


def test_no_part_of_a_longer_period_is_left_out_for_who_has_begun_on_a_shorter_one():
    duties = begun_ahead(MONTHLY, "2024-M10", QUARTERLY)
    assert duties.periods()[-3:] == ["2024-M10", "2024-Q4", "2025-Q1"]
    assert duties.periods(duties.second)[-3:] == ["2024-M09", "2024-Q4", "2025-Q1"]


def test_a_change_thought_better_of_leaves_no_trace_but_in_the_record():
    duties = Duties()
    duties.open("2024-09-20")
    duties.change("2024-09-21", MONTHLY)
    duties.change("2024-09-22", QUARTERLY)
    assert duties.dates()[-1] == ("2024-Q4", "2024-10-01", "2024-12-15")
    duties.open("2025-01-05")
    assert duties.periods() == ["2024-Q3", "2024-Q4", "2025-Q1"]


def test_a_change_after_a_stop_of_the_job_first_makes_what_was_missed():
    duties = Duties(MONTHLY, issued="2024-08-05")
    duties.change("2024-11-28", Rule("quarterly", due="last_day"))
    duties.open("2025-01-02")
    assert duties.periods() == ["2024-M08", "2024-M09", "2024-M10", "2024-M11", "2024-M12", "2025-Q1"]


def test_two_changes_on_one_day_lose_no_period_of_the_rule_that_runs():
    duties = Duties(MONTHLY, issued="2024-07-10")
    duties.open("2024-07-25")
    duties.change("2024-07-25", Rule("daily", due="last_day"))
    assert duties.periods() == ["2024-M07", "2024-07-26"]
    duties.change("2024-07-25", Rule("quarterly", due="last_day"))
    assert duties.dates()[-1] == ("2024-M08", "2024-08-01", "2024-09-05")
    for day in ("2024-07-26", "2024-08-29", "2024-09-20", "2024-10-01"):
        duties.open(day)
    assert duties.periods() == ["2024-M07", "2024-M08", "2024-M09", "2024-Q4"]
    assert duties.periods(duties.second) == duties.periods()


def test_a_running_period_that_the_new_rule_overlaps_is_known():
    duties = Duties()
    with on("2024-11-20"):
        assert recurring.overlap(duties.task, Rule("monthly", due="last_day")).name == "Quý IV/2024"
        assert recurring.overlap(duties.task, Rule("quarterly", due="last_day")) is None
        assert recurring.overlap(duties.task, Rule("yearly", due="last_day")) is None


def test_an_end_keeps_what_has_begun():
    duties = Duties()
    duties.open("2024-09-20")
    with on("2024-09-21"):
        recurring.end_rhythm(duties.task, by=duties.office.monitor, reason="Không cần nữa")
    assert duties.open("2025-06-01") == 0
    assert duties.periods() == ["2024-Q3"]
    with on("2024-09-22"), pytest.raises(WrongState):
        recurring.end_rhythm(duties.task, by=duties.office.monitor, reason="Không cần nữa")


def test_an_end_can_be_taken_back_by_a_new_rule():
    duties = Duties()
    with on("2024-09-10"):
        recurring.end_rhythm(duties.task, by=duties.office.monitor, reason="Không cần nữa")
    duties.change("2024-11-10", QUARTERLY)
    duties.open("2025-01-02")
    assert duties.periods() == ["2024-Q3", "2025-Q1"]


def test_a_rule_set_after_an_end_is_changed_before_it_begins():
    duties = Duties(MONTHLY)
    with on("2024-09-10"):
        recurring.end_rhythm(duties.task, by=duties.office.monitor, reason="Không cần nữa")
    duties.change("2024-11-10", QUARTERLY)
    duties.open("2024-12-20")
    assert duties.periods() == ["2024-M08", "2024-M09", "2025-Q1"]
    duties.change("2024-12-20", Rule("half_yearly", due="last_day"))
    assert duties.periods() == ["2024-M08", "2024-M09", "2025-H1"]


def test_the_office_changes_rules_with_a_reason_while_the_directive_is_in_force():
    duties = Duties()
    strangers = [
        *duties.office.heads.values(),
        duties.office.clerk,
        make_user(Role.AUDITOR, duties.office.unit),
    ]
    for person in strangers:
        assert not rules.can_change_rhythm(person, duties.letter)
        with pytest.raises(NotAllowed):
            duties.change("2024-08-21", MONTHLY, by=person)
    for rule, reason in (
        (MONTHLY, " "),
        (QUARTERLY, "Như cũ"),
        (Rule(""), "Không nói bao lâu"),
        (Rule("weekly", due="last_month", day=5), "Sai"),
    ):
        with pytest.raises(Incomplete):
            duties.change("2024-08-21", rule, reason=reason)
    with on("2024-08-22"):
        issuing.revoke(duties.letter, by=duties.office.leader, reason="Sai")
        assert duties.letter.state == DirectiveState.REVOKED
    with pytest.raises(WrongState):
        duties.change("2024-08-23", MONTHLY)


def test_a_task_done_once_has_no_rule_to_change():
    with on("2024-08-20"):
        office = Office()
        task = office.issue(tasks=1).tasks.get()
    with on("2024-08-21"), pytest.raises(WrongState):
        recurring.change_rhythm(task, by=office.leader, rule=MONTHLY, reason="Thử")
