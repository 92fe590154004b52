"""Work that a unit had been let off and has again, by an addition or by a transfer: nothing of its former life is left."""

from datetime import timedelta

import pytest

from directives import compliance, recipients, tracking
from directives.compliance.exceptions import red
from directives.distribution import Share
from directives.enums import AssignmentState, Move
from directives.errors import WrongState
from directives.models import Assignment, Report
from directives.recipients import Basis
from units import clock
from units.enums import Role

from .factories import Office, assignments_of, make_user
from .notices_world import LONG_AGO, WEDNESDAY, Desk, on, run, told

pytestmark = pytest.mark.django_db
WAYS = pytest.mark.parametrize("by_transfer", [False, True], ids=["added", "transferred"])


def later(days):
    return clock.today() + timedelta(days=days)


def again(row):
    return Assignment.objects.select_related("directive", "task", "unit").get(pk=row.pk)


@pytest.fixture
def office():
    return Office(rooms=2)


def rows(office, **terms):
    """The work of the first room, of which the tests tell, and the same of the second."""
    return assignments_of(office.issue(tasks=1, due_in=10, **terms))


def begin_anew(office, row, other, by_transfer):
    """Let off unasked, and given once more."""
    if again(row).state != AssignmentState.CANCELLED:
        tracking.cancel(again(row), by=office.monitor, reason="Nhầm")
    if by_transfer:
        tracking.transfer(again(other), by=office.monitor, unit=row.unit, reason="Đúng chức năng")
    else:
        told = {"unit": row.unit, "shares": [Share(row.task, later(5))], "basis": Basis("Giao lại")}
        recipients.add_recipient(again(row).directive, by=office.monitor, **told)
    assert again(row).state == AssignmentState.NOT_STARTED
    return again(row)


@WAYS
def test_what_was_urged_or_stood_in_the_way_is_not_open_again(office, by_transfer):
    row, other = rows(office)
    tracking.urge(row, by=office.monitor, text="Nhanh lên", reply_by=clock.today())
    tracking.note_progress(again(row), by=office.head_of(row), obstacle="Thiếu người")
    row = begin_anew(office, row, other, by_transfer)
    assert not row.urgings.filter(replied_at=None).exists()
    assert not row.progress_notes.exclude(obstacle="").filter(answered_at=None).exists()
    with clock.travel(clock.now() + timedelta(days=2)):
        assert compliance.waiting.desk(office.head_of(row), clock.today()).my_words_late == 0


@WAYS
def test_what_was_laid_before_the_head_does_not_wait_there_any_more(office, by_transfer):
    row, other = rows(office)
    staff, head = make_user(Role.STAFF, row.unit), office.head_of(row)
    tracking.delegate(row, by=head, to=staff)
    tracking.submit_internally(row, by=staff, text="Bản nháp")
    row = begin_anew(office, row, other, by_transfer)
    assert Report.objects.get(assignment=row).decided_at
    with clock.travel(clock.now() + timedelta(days=12)):
        assert red(Assignment.objects.filter(pk=row.pk), clock.today()).get().move == Move.REPORT


@WAYS
def test_more_time_is_given_as_often_as_the_document_says_of_work_that_is_new(office, by_transfer):
    row, other = rows(office, extension_limit=1)
    tracking.extend(row, by=office.leader, due_on=later(12), reason="Thêm việc")
    row = begin_anew(office, row, other, by_transfer)
    tracking.request_extension(row, by=office.head_of(row), due_on=later(15), reason="Chờ số liệu")
    tracking.extend(again(row), by=office.leader, due_on=later(15))
    with pytest.raises(WrongState):
        tracking.request_extension(again(row), by=office.head_of(row), due_on=later(20), reason="Lần nữa")


@pytest.fixture
def desk():
    return Desk(rooms=2)


@WAYS
def test_who_was_right_to_decline_once_is_told_of_what_becomes_of_the_work_given_since(desk, by_transfer):
    row, other = assignments_of(desk.due(20, to=desk.rooms))
    with on(WEDNESDAY - timedelta(days=2), 9):
        tracking.decline(row, by=desk.head, reason="Không đúng chức năng")
        tracking.cancel(again(row), by=desk.monitor, reason="Đúng")
    with on(WEDNESDAY - timedelta(days=2), 10):
        begin_anew(desk, row, other, by_transfer)
    with on(WEDNESDAY - timedelta(days=1), 14):
        tracking.pause(again(row), by=desk.monitor, reason="Chờ vốn", review_on=later(3))
    run(WEDNESDAY, 8)
    assert "changed" in told(desk.head)


@pytest.mark.parametrize("came_by_transfer", [False, True])
def test_a_unit_is_told_of_being_given_the_work_again(desk, came_by_transfer):
    with on(LONG_AGO):
        to = desk.rooms[1:] if came_by_transfer else desk.rooms
        directive = desk.issue(due_in=50, tasks=1, to=to)
    before = WEDNESDAY - timedelta(days=5)
    if came_by_transfer:
        with on(before, 9):
            row = Assignment.objects.get(unit=desk.rooms[1])
            tracking.transfer(again(row), by=desk.monitor, unit=desk.rooms[0], reason="Đúng chức năng")
    run(before, 10)
    row = Assignment.objects.get(directive=directive, unit=desk.rooms[0])
    with on(before, 11):
        tracking.cancel(again(row), by=desk.monitor, reason="Nhầm")
    assigned = told(desk.head).count("assigned")
    with on(WEDNESDAY, 9):
        begin_anew(desk, row, None, by_transfer=False)
    run(WEDNESDAY, 10)
    run(WEDNESDAY, 11)
    assert told(desk.head).count("assigned") == assigned + 1
