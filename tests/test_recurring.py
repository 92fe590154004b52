"""Recurring duties from issue to end: one row per unit and period, made ahead, each with a standing of its own."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command

from directives import compliance, issuing, recurring, tracking
from directives.compliance import Span
from directives.enums import AssignmentState
from directives.errors import WrongState
from directives.models import Assignment, Rhythm
from directives.periods import Rule
from tests.factories import Office
from tests.recurring_world import MONTHLY, QUARTERLY, Duties, on
from tests.screens import page, sign_in
from units import clock, events
from units.models import Event

pytestmark = pytest.mark.django_db


# --- Making rows -------------------------------------------------------------------------------


def test_an_issue_gives_the_running_period_to_every_unit():
    duties = Duties()
    for unit in (duties.first, duties.second):
        assert duties.dates(unit) == [("2024-Q3", "2024-08-20", "2024-09-15")]
    assert Rhythm.objects.get().rule == QUARTERLY


def test_a_period_whose_report_cannot_come_in_time_is_not_given():
    assert Duties(issued="2024-09-16").dates() == [("2024-Q4", "2024-10-01", "2024-12-15")]


def test_the_next_period_stands_ready_some_days_before_it_begins():
    duties = Duties()
    assert duties.open("2024-09-15") == 0
    assert duties.open("2024-09-16") == 2
    assert duties.dates() == [
        ("2024-Q3", "2024-08-20", "2024-09-15"),
        ("2024-Q4", "2024-10-01", "2024-12-15"),
    ]
    assert duties.open("2024-09-16") == 0


def test_an_issue_shortly_before_a_period_makes_it_at_once():
    assert Duties(MONTHLY, issued="2024-08-26").periods() == ["2024-M08", "2024-M09"]


def test_after_a_stop_of_the_job_every_missed_period_is_made():
    duties = Duties(MONTHLY)
    assert duties.open("2025-02-03") == 12
    assert duties.periods() == [
        "2024-M08",
        "2024-M09",
        "2024-M10",
        "2024-M11",
        "2024-M12",
        "2025-M01",
        "2025-M02",
    ]
    assert duties.open("2025-02-03") == 0
    assert list(events.faults()) == []


def test_the_command_says_how_many_and_leaves_one_event_for_each_period(capsys):
    duties = Duties()
    call_command("open_periods", "--as-of", "2024-12-20")
    assert capsys.readouterr().out == "rows made: 4\n"
    told = Event.objects.filter(verb="open_period", object_id=duties.letter.pk).order_by("pk")
    assert [(event.after["period"], event.after["rows"], event.actor) for event in told] == [
        ("2024-Q4", 2, None),
        ("2025-Q1", 2, None),
    ]
    assert told[0].note == "1. Quý IV/2024"


@pytest.mark.parametrize(
    ("rule", "keys"),
    [
        (Rule("daily", due="last_day"), ["2024-08-20", "2024-08-21", "2024-08-22"]),
        (Rule("weekly", due="weekday", day=6), ["2024-W34"]),
        (Rule("half_yearly", due="last_month", day=15), ["2024-H2"]),
        (Rule("quarterly", "cut_off", "working_days", 2), ["2024-Q3c"]),
        (Rule("yearly", due="day_of_year", day=15, month=12), ["2024"]),
        (Rule("monthly"), ["2024-M08"]),
    ],
)
def test_every_rhythm_makes_its_periods(rule, keys):
    duties = Duties(rule)
    duties.open("2024-08-21")
    assert duties.periods() == keys


def test_a_directive_that_is_closed_or_revoked_gives_no_more():
    for end in ("close", "revoke"):
        duties = Duties()
        with on("2024-09-10"):
            for unit in (duties.first, duties.second):
                duties.office.accept(duties.row(unit, "2024-Q3"))
        duties.open("2024-09-20")
        with on("2024-09-21"):
            reason = {"reason": "Hết hiệu lực"} if end == "revoke" else {}
            getattr(issuing, end)(duties.letter, by=duties.office.leader, **reason)
        assert duties.open("2025-06-01") == 0
        kept = Assignment.objects.filter(task=duties.task).exclude(state=AssignmentState.CANCELLED)
        assert {row.period for row in kept} == {"2024-Q3"}


def test_a_closing_waits_for_a_next_period_that_somebody_has_received():
    duties = Duties()
    with on("2024-09-20"):
        for unit in (duties.first, duties.second):
            duties.office.accept(duties.row(unit, "2024-Q3"))
        recurring.open_periods()
        tracking.acknowledge(duties.row(duties.first, "2024-Q4"), by=duties.office.heads[duties.first])
        with pytest.raises(WrongState):
            issuing.close(duties.letter, by=duties.office.leader)
    assert duties.periods(duties.second) == ["2024-Q3", "2024-Q4"]


# --- Who has it in the next period --------------------------------------------------------------


def test_a_unit_let_off_does_not_get_the_duty_again():
    duties = Duties()
    duties.open("2024-09-20")
    with on("2024-09-21"):
        tracking.cancel(
            duties.row(duties.first, "2024-Q3"), by=duties.office.monitor, reason="Không còn chức năng"
        )
    assert duties.periods() == ["2024-Q3"]
    duties.open("2025-01-05")
    assert (duties.periods(), duties.periods(duties.second)) == (
        ["2024-Q3"],
        ["2024-Q3", "2024-Q4", "2025-Q1"],
    )


def test_the_duty_goes_on_with_whoever_took_it_over():
    duties = Duties(rooms=3)
    receiver = duties.office.room
    duties.open("2024-09-20")
    with on("2024-09-21"):
        row = duties.row(duties.first, "2024-Q3")
        tracking.transfer(row, by=duties.office.leader, unit=receiver, reason="Đúng chức năng")
    duties.open("2024-09-22")
    assert (duties.periods(), duties.periods(receiver)) == (["2024-Q3"], ["2024-Q3", "2024-Q4"])


def test_handing_on_an_old_period_alone_leaves_the_duty_where_it_is():
    duties = Duties(rooms=3)
    receiver = duties.office.room
    duties.open("2024-10-02")
    with on("2024-10-03"):
        row = duties.row(duties.first, "2024-Q3")
        tracking.transfer(row, by=duties.office.leader, unit=receiver, reason="Làm thay kỳ này")
    duties.open("2025-01-05")
    assert duties.periods(receiver) == ["2024-Q3"]
    assert duties.periods() == ["2024-Q3", "2024-Q4", "2025-Q1"]


def test_a_unit_that_ended_gets_no_period():
    duties = Duties()
    duties.first.ends_on = date(2024, 9, 1)
    duties.first.save()
    duties.open("2024-10-02")
    assert (len(duties.periods()), len(duties.periods(duties.second))) == (1, 2)


def test_a_later_period_is_given_under_the_name_of_its_first_day():
    duties = Duties()
    duties.first.names.create(name="Phòng mới", starts_on=date(2024, 9, 30))
    duties.open("2024-09-20")
    assert duties.row(duties.first, "2024-Q4").unit_name == "Phòng mới"


def test_a_unit_that_was_renamed_stands_once_in_the_matrix():
    duties = Duties()
    duties.first.names.create(name="Phòng mới", starts_on=date(2024, 9, 30))
    issued_to = duties.row(duties.first, "2024-Q3").unit_name
    duties.open("2024-09-20")
    with on("2024-10-02"):
        rows = compliance.matrix(duties.letter, duties.office.leader, clock.today()).rows
    assert len(rows) == 2
    assert len({row.unit_id for row in rows}) == 2
    assert issued_to in {row.name for row in rows}


def test_the_day_on_which_a_pause_is_looked_at_is_not_the_next_period_s():
    duties = Duties()
    with on("2024-09-10"):
        told = {"by": duties.office.monitor, "reason": "Chờ", "review_on": date(2024, 10, 5)}
        tracking.pause(duties.row(duties.first, "2024-Q3"), **told)
    duties.open("2024-09-20")
    assert duties.row(duties.first, "2024-Q4").review_on is None


def test_a_rule_that_is_gone_stops_nothing():
    duties = Duties()
    gone = Rhythm.objects.get().pk
    Rhythm.objects.all().delete()
    assert recurring._open(gone, date(2024, 9, 20)) == 0
    assert duties.periods() == ["2024-Q3"]


def test_what_comes_back_is_given_no_deadline_by_hand():
    duties = Duties(Rule("monthly"))
    told = {"by": duties.office.monitor, "reason": "x"}
    with on("2024-08-25"):
        row = duties.row(duties.first, "2024-M08")
        with pytest.raises(WrongState):
            tracking.set_deadline(row, due_on=date(2024, 9, 20), **told)
        with pytest.raises(WrongState):
            tracking.review(row, **told)


# --- Before a period begins ---------------------------------------------------------------------


def test_no_figure_counts_a_period_that_has_not_begun():
    duties = Duties()
    duties.open("2024-09-20")
    with on("2024-09-30"):
        seen = compliance.visible(duties.office.leader)
        assert compliance.tally(seen, clock.today()).total == 2
        assert compliance.tally(seen, date(2024, 10, 1)).total == 4
        matrix = compliance.matrix(duties.letter, duties.office.leader, clock.today())
        assert matrix.tally.total == 2
        assert {cell.period for row in matrix.rows for cell in row.shown if cell} == {"2024-Q3"}


def test_a_period_that_has_not_begun_is_received_and_not_reported():
    duties = Duties()
    duties.open("2024-09-20")
    head = duties.office.heads[duties.first]
    with on("2024-09-21"):
        row = duties.row(duties.first, "2024-Q4")
        assert "report" not in tracking.open_verbs(head, row)
        assert "urge" not in tracking.open_verbs(duties.office.leader, row)
        tracking.acknowledge(row, by=head)
        with pytest.raises(WrongState):
            duties.office.report(row)
    with on("2024-10-01"):
        duties.office.report(duties.row(duties.first, "2024-Q4"))


def test_a_cell_shows_what_needs_somebody_soonest_then_the_newest():
    duties = Duties(MONTHLY)
    duties.open("2024-10-01")

    def shown(day):
        with on(day):
            matrix = compliance.matrix(duties.letter, duties.office.leader, clock.today())
        row = next(row for row in matrix.rows if row.unit_id == duties.first.pk)
        [cell] = row.shown
        return cell.period

    assert shown("2024-10-02") == "2024-M08"
    for key, following in (("2024-M08", "2024-M09"), ("2024-M09", "2024-M10"), ("2024-M10", "2024-M10")):
        with on("2024-10-02"):
            duties.office.accept(duties.row(duties.first, key))
        assert shown("2024-10-02") == following


def test_of_finished_periods_the_newest_is_shown_whatever_their_deadlines_became():
    duties = Duties(MONTHLY)
    duties.open("2024-10-01")
    keys = ("2024-M08", "2024-M09", "2024-M10")
    with on("2024-10-02"):
        for key in keys:
            duties.office.accept(duties.row(duties.first, key))
    for due in ([date(2025, 1, 1), date(2024, 9, 30), date(2024, 10, 31)], [None, None, None]):
        for key, day in zip(keys, due, strict=True):
            Assignment.objects.filter(pk=duties.row(duties.first, key).pk).update(due_on=day)
        rows = compliance.matrix(duties.letter, duties.office.leader, date(2024, 10, 3)).rows
        (row,) = [row for row in rows if row.unit_id == duties.first.pk]
        assert [cell.period for cell in row.shown] == ["2024-M10"], due


def test_a_period_handed_on_before_it_begins_comes_from_another_unit_on_its_first_day():
    duties = Duties(MONTHLY)
    receiver = duties.office.room
    duties.open("2024-09-28")
    row = duties.row(duties.first, "2024-M10")
    with on("2024-09-28"):
        tracking.transfer(row, by=duties.office.leader, unit=receiver, reason="Làm thay kỳ này")
    of_october = Span(date(2024, 10, 5), date(2024, 10, 1)), Span(date(2024, 10, 5))
    with on("2024-10-05"):
        for span in of_october:
            values = compliance.official_table(Assignment.objects.filter(unit=receiver), span).total.values
            assert (values["assigned"], values["transferred_in"], values["carried_over"]) == (0, 1, 0)


# --- Recording ----------------------------------------------------------------------------------


def test_a_paper_recorded_late_begins_with_the_period_it_is_recorded_in():
    with on("2024-08-20"):
        office = Office(rooms=1)
        paper = office.draft(tasks=1, due_in=None, number="7", issued_on=date(2022, 3, 1))
        paper.tasks.update(undated_reason="", **recurring.columns(QUARTERLY))
        issuing.record(paper, by=office.clerk)
    rows = Assignment.objects.filter(directive=paper)
    assert [(row.period, row.issued_on) for row in rows] == [("2024-Q3", date(2024, 7, 1))]


@pytest.mark.parametrize("units", [1, 3])
def test_opening_a_period_costs_the_same_for_one_unit_and_for_many(units, django_assert_num_queries):
    Duties(rooms=units + 1)
    with on("2024-09-20"), django_assert_num_queries(17):
        recurring.open_periods()
    assert Assignment.objects.filter(period="2024-Q4").count() == units + 1


def test_days_are_counted_on_the_office_s_calendar():
    rule = Rule("monthly", "cut_off", "working_days", 2)
    found = recurring.coming(rule, date(2025, 1, 20), count=2)
    assert [(one.name, one.due_on) for one in found] == [
        ("Tháng 2/2025", date(2025, 2, 18)),
        ("Tháng 3/2025", date(2025, 3, 18)),
    ]
    assert found[0].period.last + timedelta(days=4) == found[0].due_on


# --- Reported along -----------------------------------------------------------------------------


def test_periods_that_have_begun_are_reported_along_under_their_names():
    duties = Duties(MONTHLY)
    duties.open("2024-09-26")
    rows = {key: duties.row(duties.first, key) for key in duties.periods()}
    with on("2024-09-26"):
        client = sign_in(duties.office.heads[duties.first])
        text = page(client, f"/nhiem-vu/{rows['2024-M09'].pk}/bao-cao/")
    assert f'name="along" value="{rows["2024-M08"].pk}"' in text
    assert f'name="along" value="{rows["2024-M10"].pk}"' not in text
    assert "Tháng 8/2024 · " in text
