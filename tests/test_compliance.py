"""Tallies, the matrix and what waits: the formulas, and that every surface shows the same numbers."""

from collections import Counter
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from directives import compliance, rules, tracking
from directives.compliance import LINES, Key, Tally
from directives.enums import AssignmentState as State
from directives.enums import Duty, Standing
from directives.models import Assignment, Directive
from tests.factories import Office, assignments_of, make_user
from units import clock
from units.enums import Role


def tally(*standings, duty=Duty.LEAD) -> Tally:
    return Tally.of(Key(standing, duty) for standing in standings)


# --- The formulas ------------------------------------------------------------------------------

BOXES = {
    Standing.OVERDUE: {"open", "open_overdue_box", "running", "overdue", "fallen_due"},
    Standing.DUE_TODAY: {"open", "open_in_time_box", "running", "due_soon"},
    Standing.DUE_SOON: {"open", "open_in_time_box", "running", "due_soon"},
    Standing.IN_TIME: {"open", "open_in_time_box", "running", "in_time"},
    Standing.UNDATED: {"open", "open_in_time_box", "running", "undated"},
    Standing.AWAITING: {"open", "open_in_time_box", "awaiting", "awaiting_in_time"},
    Standing.AWAITING_LATE: {"open", "open_overdue_box", "awaiting", "awaiting_late"},
    Standing.DONE_EARLY: {"done", "done_on_time_box", "done_early", "done_timely", "done_dated", "fallen_due"},
    Standing.DONE_ON_TIME: {"done", "done_on_time_box", "done_on_time", "done_timely", "done_dated", "fallen_due"},
    Standing.DONE_LATE: {"done", "done_late", "done_dated", "fallen_due"},
    Standing.DONE_UNDATED: {"done", "done_on_time_box", "done_undated"},
    Standing.PAUSED: {"paused"},
    Standing.DROPPED: {"dropped"},
}  # fmt: skip


@pytest.mark.parametrize("standing", Standing)
def test_each_standing_counts_in_the_lines_of_the_official_table(standing):
    counted = {line.name for line in LINES.values() if getattr(tally(standing), line.name)}
    assert counted == BOXES[standing] | ({"total"} if standing != Standing.DROPPED else set())


def test_a_return_is_counted_while_the_work_is_open():
    returned = Tally.of(
        [Key(Standing.IN_TIME, Duty.LEAD, returned=True), Key(Standing.DROPPED, Duty.LEAD, returned=True)]
    )
    assert (returned.returned, returned.in_time, returned.total) == (1, 1, 1)


def test_the_headline_rate_leaves_out_what_has_no_deadline_what_waits_and_support():
    done = [
        Standing.DONE_EARLY,
        Standing.DONE_ON_TIME,
        Standing.DONE_ON_TIME,
        Standing.DONE_LATE,
        Standing.OVERDUE,
    ]
    rest = [
        Standing.DONE_UNDATED,
        Standing.AWAITING,
        Standing.AWAITING_LATE,
        Standing.IN_TIME,
        Standing.PAUSED,
    ]
    support = tally(Standing.OVERDUE, Standing.DONE_LATE, duty=Duty.SUPPORT)
    assert (tally(*done, *rest) + support).rate_headline == 3 / 5


def test_a_rate_of_nothing_is_unknown():
    empty = tally(Standing.IN_TIME, Standing.DONE_UNDATED)
    assert (empty.rate_headline, empty.rate_on_time_of_done, empty.rate_done_of_due) == (None, None, None)
    assert Tally().rate_done_of_total is None


def test_the_other_rates_by_name():
    one = tally(
        Standing.DONE_EARLY, Standing.DONE_LATE, Standing.DONE_UNDATED, Standing.OVERDUE, Standing.IN_TIME
    )
    assert one.rate_done_of_total == 3 / 5
    assert one.rate_on_time_of_done == 1 / 2
    assert one.rate_done_of_due == 2 / 3


KEYS = st.builds(Key, st.sampled_from(Standing), st.sampled_from(Duty), st.booleans())
TALLIES = st.dictionaries(KEYS, st.integers(1, 500)).map(lambda counts: Tally(Counter(counts)))


@given(TALLIES, TALLIES)
def test_the_official_invariants_hold_and_adding_adds_every_line(one, other):
    both = one + other
    assert all(holds for _, holds in both.invariants)
    for line in LINES.values():
        assert getattr(both, line.name) == getattr(one, line.name) + getattr(other, line.name)
    assert both.only(Duty.LEAD) + both.only(Duty.SUPPORT) == both


# --- What waits for whom -----------------------------------------------------------------------


@pytest.fixture
def office(db):
    return Office(rooms=3)


def waiting(user):
    rules.nav_sections(user)  # the roles are loaded with the person, before any page
    with CaptureQueriesContext(connection) as queries:
        counts = compliance.waiting_count(user)
    return counts, len(queries)


PARTS_EMPTY = dict.fromkeys(
    ("requests", "obstacles", "to_review", "corrections", "overdue_given", "unanswered"), 0
)


def test_what_waits_is_counted_in_one_query(office):
    first, second, *_ = assignments_of(office.issue(tasks=2))
    office.report(first)
    office.report(second)
    assert waiting(office.monitor) == (
        {"tasks": 0, "queue": 2, "reports": 2, "notices": 0, **PARTS_EMPTY},
        1,
    )
    assert waiting(office.leader) == (
        {"queue": 0, "reports": 0, "notices": 0, **PARTS_EMPTY},
        1,
    )
    assert waiting(office.heads[office.rooms[0]]) == ({"tasks": 0, "obstacles": 0, "notices": 0}, 1)
    assert waiting(make_user(Role.AUDITOR, office.unit)) == ({}, 0)
    assert waiting(make_user(Role.ADMIN, office.unit)) == ({}, 0)


def test_what_only_units_can_mend_is_counted_beside_the_queue(office):
    with clock.travel(clock.now() - timedelta(days=20)):
        late, *_ = assignments_of(office.issue(tasks=1, due_in=5))
    tomorrow = clock.today() + timedelta(days=1)
    tracking.urge(late, by=office.monitor, text="Đề nghị báo cáo ngay", reply_by=tomorrow)
    counts, queries = waiting(office.monitor)
    assert (counts["queue"], counts["reports"], queries) == (0, 0, 1)
    assert (counts["overdue_given"], counts["unanswered"]) == (3, 1)


def test_late_and_returned_work_waits_for_its_unit(office):
    with clock.travel(clock.now() - timedelta(days=20)):
        late = assignments_of(office.issue(tasks=1, due_in=5))
    assert waiting(office.head_of(late[0]))[0] == {"tasks": 1, "obstacles": 0, "notices": 0}
    office.report(late[0])
    assert waiting(office.head_of(late[0]))[0] == {"tasks": 0, "obstacles": 0, "notices": 0}


# --- All surfaces agree ------------------------------------------------------------------------

ISSUED = 40  # days before today
DAYS = st.integers(-ISSUED, 15)


@st.composite
def rows(draw):
    """One assignment's fields, as the verbs could have left them."""
    state = draw(st.sampled_from(State))
    due = draw(st.none() | DAYS)
    reported = draw(DAYS.filter(lambda day: day <= 0)) if state in {State.REPORTED, State.ACCEPTED} else None
    returned = draw(st.booleans()) if state == State.IN_PROGRESS else False
    return state, due, reported, draw(st.sampled_from(Duty)), returned


def naive_standing(state, due, reported):
    """The table of the house, written a second time in plain Python."""
    if state == State.ACCEPTED:
        if due is None:
            return Standing.DONE_UNDATED
        return (
            Standing.DONE_EARLY
            if reported < due
            else Standing.DONE_ON_TIME
            if reported == due
            else Standing.DONE_LATE
        )
    if state == State.REPORTED:
        return Standing.AWAITING if due is None or reported <= due else Standing.AWAITING_LATE
    if state in {State.CANCELLED, State.TRANSFERRED}:
        return Standing.DROPPED
    if state == State.PAUSED:
        return Standing.PAUSED
    if due is None:
        return Standing.UNDATED
    bands = [(due < 0, Standing.OVERDUE), (due == 0, Standing.DUE_TODAY), (due <= 7, Standing.DUE_SOON)]
    return next((standing for holds, standing in bands if holds), Standing.IN_TIME)


@pytest.fixture
def world(db):
    """Two documents of one office, issued long enough ago for everything to be possible."""
    office = Office(rooms=2)
    with clock.travel(clock.now() - timedelta(days=ISSUED)):
        office.issue(tasks=2), office.issue(tasks=1)
    return office


def day(offset):
    return None if offset is None else clock.today() + timedelta(days=offset)


def keep(assignment, state, due, reported, duty, returned):
    Assignment.objects.filter(pk=assignment.pk).update(
        state=state, due_on=day(due), reported_on=day(reported), duty=duty, is_returned=returned
    )
    return Key(naive_standing(state, due, reported), duty, returned)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.lists(rows(), min_size=6, max_size=6))
def test_every_surface_shows_the_same_numbers(world, drawn):
    with transaction.atomic():
        assignments = list(Assignment.objects.order_by("pk"))
        expected = Tally.of(keep(one, *row) for one, row in zip(assignments, drawn, strict=True))
        assert_agrees(world.leader, expected)
        head = world.heads[world.rooms[0]]
        own = {one.pk for one in assignments if one.unit_id == world.rooms[0].pk}
        assert_agrees(head, Tally.of(
            Key(naive_standing(*row[:3]), *row[3:]) for one, row in zip(assignments, drawn, strict=True) if one.pk in own
        ))  # fmt: skip
        transaction.set_rollback(True)


def assert_agrees(user, expected):
    visible = compliance.visible(user)
    directives = Directive.objects.all()
    matrices = [compliance.matrix(directive, user, clock.today()) for directive in directives]
    assert compliance.tally(visible, clock.today()) == expected
    assert compliance.total(compliance.by_unit(visible, clock.today())) == expected
    assert compliance.total(compliance.by_directive(visible, clock.today())) == expected
    assert sum(compliance.by_task(visible, clock.today()).values(), Tally()) == expected
    assert sum((one.tally for one in matrices), Tally()) == expected
    assert sum((t for one in matrices for t in one.by_task.values()), Tally()) == expected
    listed = compliance.with_progress(directives, user, clock.today())
    assert sum((compliance.progress(one) for one in listed), Tally()) == expected
    for line in LINES.values():
        assert compliance.rows(visible, clock.today(), line).count() == getattr(expected, line.name)
        assert cells(one.showing(line) for one in matrices) == getattr(expected, line.name)
    assert_pages_agree(user, directives, expected)


def cells(matrices):
    return sum(cell is not None for one in matrices for row in one.rows for cell in row.shown)


def assert_pages_agree(user, directives, expected):
    client = Client()
    client.force_login(user)
    dashboard = client.get("/thong-ke/", {"vai-tro": "tat-ca"}).context
    listed = client.get("/van-ban/").context["entries"]
    behind = client.get("/thong-ke/phan-viec/", {"chi-tieu": "tat-ca"}).context
    assert dashboard["tally"] == expected
    assert sum((entry.tally for entry in listed), Tally()) == expected
    assert (behind["count"], len(behind["found"])) == (expected.total, expected.total)
    books = [
        load_workbook(BytesIO(client.get(f"/van-ban/{one.pk}/ma-tran.xlsx").content)) for one in directives
    ]
    owed = [row for book in books for row in book.active.iter_rows(min_row=5, values_only=True)]
    assert (sum(row[2] for row in owed), sum(row[3] for row in owed)) == (expected.done, expected.total)
