"""Work inside a unit: given to a person, noted on the way, laid before the head, reported by the head."""

from datetime import timedelta

import pytest

from directives import rules, tracking
from directives.enums import AssignmentState, ReportOutcome
from directives.errors import Incomplete, NotAllowed, WrongState
from directives.models import Assignment, Evidence, ProgressNote, Report
from units import clock
from units.enums import Role
from units.models import Event

from .factories import Office, assignments_of, give_role, make_unit, make_user
from .screens import ago, page, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office(rooms=2)


@pytest.fixture
def row(office):
    return assignments_of(office.issue(tasks=1, due_in=10))[0]


@pytest.fixture
def below(office):
    """Work of a unit below a room, given on to somebody there who has laid a result before its head."""
    team = make_unit(parent=office.rooms[0])
    office.heads[team] = make_user(Role.HEAD, team)
    maker = make_user(Role.STAFF, team)
    (found,) = assignments_of(office.issue(tasks=1, to=[team]))
    give(office, found, maker)
    tracking.submit_internally(found, by=maker, text="Bản nháp", evidence=proof())
    return found


@pytest.fixture
def worker(office):
    return make_user(Role.STAFF, office.rooms[0], full_name="Trần Thị Làm")


def later(days):
    return clock.today() + timedelta(days=days)


def give(office, row, worker, **fields):
    return tracking.delegate(row, by=office.head_of(row), to=worker, **fields)


def test_work_is_given_with_an_earlier_day_and_taken_back(office, row, worker):
    give(office, row, worker, internal_due_on=later(7))
    row.refresh_from_db()
    assert (row.assignee, row.internal_due_on, row.due_on) == (worker, later(7), later(10))
    tracking.delegate(row, by=office.head_of(row), to=None)
    row.refresh_from_db()
    assert (row.assignee, row.internal_due_on) == (None, None)


@pytest.mark.parametrize("days", [-1, 11])
def test_the_units_own_day_lies_before_the_deadline(office, row, worker, days):
    with pytest.raises(Incomplete) as refusal:
        give(office, row, worker, internal_due_on=later(days))
    assert list(refusal.value.fields) == ["internal_due_on"]


def test_only_to_people_of_the_unit(office, row):
    for stranger in (office.clerk, office.heads[office.rooms[1]], make_user()):
        with pytest.raises(Incomplete):
            give(office, row, stranger)


def test_notes_are_kept_in_their_order(office, row, worker):
    give(office, row, worker)
    tracking.note_progress(row, by=worker, text="Đã gửi dự thảo", percent=40)
    tracking.note_progress(row, by=office.head_of(row), obstacle="Thiếu số liệu của huyện")
    assert [str(note) for note in row.progress_notes.all()] == ["Đã gửi dự thảo", "Thiếu số liệu của huyện"]
    assert Event.objects.filter(verb="note_progress").count() == 2


@pytest.mark.parametrize("fields", [{}, {"text": " "}, {"percent": 101}, {"percent": -1}])
def test_a_note_says_something(office, row, fields):
    with pytest.raises(Incomplete):
        tracking.note_progress(row, by=office.head_of(row), **fields)
    assert not ProgressNote.objects.exists()


def test_staff_note_on_what_they_were_given_alone(office, row, worker):
    with pytest.raises(NotAllowed):
        tracking.note_progress(row, by=worker, text="x")


def test_who_acts_for_the_head_is_on_record_with_both_names(office, row):
    head = office.head_of(row)
    deputy = make_user(Role.DEPUTY, row.unit, full_name="Lê Văn Phó", post="Phó Trưởng phòng")
    today = clock.today()
    give_role(deputy, Role.HEAD, row.unit, principal=head, starts_on=today, ends_on=today)
    office.report(row, by=deputy)
    told = Event.objects.get(verb="report")
    assert told.actor_name == "Lê Văn Phó"
    assert (
        told.actor_post
        == f"Phó Trưởng phòng; thay mặt {head.display_name}: Thủ trưởng đơn vị, {row.unit.name}"
    )


# --- Before it leaves the unit -----------------------------------------------------------------


def proof():
    return [tracking.Document("12/BC-P", clock.today())]


def test_what_is_laid_before_the_head_stays_in_the_unit_until_the_head_reports(office, row, worker):
    give(office, row, worker)
    tracking.submit_internally(row, by=worker, text="Đã xong", evidence=proof())
    row.refresh_from_db()
    assert row.state == AssignmentState.NOT_STARTED
    inside, outside = office.head_of(row), office.monitor
    assert Report.objects.filter(rules.visible_reports(inside)).exists()
    assert not Report.objects.filter(rules.visible_reports(outside)).exists()
    assert not Evidence.objects.filter(rules.visible_evidence(outside)).exists()
    office.report(row)
    assert list(row.reports.values_list("outcome", flat=True)) == [
        ReportOutcome.INTERNAL,
        ReportOutcome.PENDING,
    ]
    assert not row.reports.filter(outcome=ReportOutcome.INTERNAL, decided_at=None).exists()


@pytest.mark.parametrize("role", [Role.HEAD, Role.DEPUTY, Role.STAFF])
def test_whoever_works_in_the_unit_above_reads_nothing_of_it(office, below, role):
    tracking.send_back_internally(below, by=office.head_of(below), reason="Viết ẩu quá")
    above, inside = make_user(role, office.rooms[0]), office.head_of(below)
    assert Assignment.objects.filter(rules.visible_assignments(above), pk=below.pk).exists()
    for reader, reads in ((inside, True), (above, False)):
        assert Report.objects.filter(rules.visible_reports(reader)).exists() is reads
        assert Evidence.objects.filter(rules.visible_evidence(reader)).exists() is reads
        inside_verbs = Event.objects.filter(rules.visible_events(reader), verb__endswith="_internally")
        assert inside_verbs.count() == (2 if reads else 0)


def test_the_head_hands_it_back_with_a_reason(office, row, worker):
    give(office, row, worker)
    with pytest.raises(WrongState):
        tracking.send_back_internally(row, by=office.head_of(row), reason="Thiếu ảnh")
    tracking.submit_internally(row, by=worker, text="Đã xong")
    tracking.send_back_internally(row, by=office.head_of(row), reason="Thiếu ảnh")
    tracking.submit_internally(row, by=worker, text="Đã xong, có ảnh")
    assert [told.reason for told in row.reports.order_by("pk")] == ["Thiếu ảnh", ""]


def test_the_office_reads_nothing_of_it_in_the_history_either(office, row, worker):
    give(office, row, worker)
    tracking.submit_internally(row, by=worker, text="Đã xong")
    tracking.send_back_internally(row, by=office.head_of(row), reason="Viết ẩu quá")
    address = f"/nhiem-vu/{row.pk}/"
    assert "Viết ẩu quá" in page(sign_in(office.head_of(row)), address)
    assert "Viết ẩu quá" not in page(sign_in(office.monitor), address)
    own = Event.objects.filter(object_type="assignment", object_id=row.pk)
    told = own.filter(rules.visible_events(office.monitor)).values_list("verb", flat=True)
    assert list(told) == ["delegate"]


def test_more_proof_waits_from_the_day_it_came(office, row):
    with ago(20):
        office.accept(row)
    tracking.supplement(row, by=office.head_of(row), text="Bổ sung", evidence=proof())
    text = page(sign_in(office.monitor), "/cho-xu-ly/")
    assert "mới" in text
    assert "ngày làm việc" not in text


def test_more_proof_for_accepted_work_goes_to_the_office_and_the_first_report_decides(office, row):
    office.accept(row)
    first = Assignment.objects.get(pk=row.pk)
    with clock.travel(clock.now() + timedelta(days=30)):
        tracking.supplement(row, by=office.head_of(row), text="Bổ sung văn bản", evidence=proof())
        row.refresh_from_db()
        assert (row.state, row.reported_on) == (AssignmentState.REPORTED, first.reported_on)
        assert "withdraw" not in tracking.open_verbs(office.head_of(row), row)
        with pytest.raises(WrongState):
            tracking.withdraw(row, by=office.head_of(row))
        tracking.accept(row, by=office.monitor)
    row.refresh_from_db()
    assert (row.state, row.reported_on) == (AssignmentState.ACCEPTED, first.reported_on)


def test_the_history_tells_progress_and_obstacle_apart(office, row):
    by = office.head_of(row)
    tracking.note_progress(row, by=by, text="Đã cử đầu mối", percent=40, obstacle="Chưa có Quy chế")
    tracking.note_progress(row, by=by, obstacle="Thiếu số liệu")
    said = page(sign_in(by), f"/nhiem-vu/{row.pk}/")
    assert "Ghi tiến độ: 40 %" in said
    assert "“Đã cử đầu mối. Vướng mắc: Chưa có Quy chế”" in said
    assert "“Vướng mắc: Thiếu số liệu”" in said
