"""Open work handed to another unit, paused, let go on: nothing lost on the way, nothing doubled."""

from datetime import date, timedelta

import pytest

from directives import compliance, distribution, issuing, recipients, tracking
from directives.compliance.undated import to_review
from directives.enums import AssignmentState, Purpose, Standing
from directives.errors import Incomplete, WrongState
from directives.forms.asking import TransferForm
from directives.models import Assignment, Directive, Recipient
from directives.rules import visible_directives
from directives.standing import standing
from units import clock
from units.enums import Role
from units.models import Event

from .factories import Office, assignments_of, make_unit, make_user
from .recurring_world import Duties, on
from .screens import act, ago, page, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office(rooms=2)


@pytest.fixture
def row(office):
    return assignments_of(office.issue(tasks=1, to=office.rooms[:1], due_in=10))[0]


def later(days):
    return clock.today() + timedelta(days=days)


def standing_of(row):
    return Assignment.objects.annotate(standing=standing(clock.today())).get(pk=row.pk).standing


def test_the_receiving_unit_sees_document_and_work_with_the_same_dates(office, row):
    other = office.rooms[1]
    head = office.heads[other]
    assert not Directive.objects.filter(visible_directives(head)).exists()
    taken = tracking.transfer(row, by=office.monitor, unit=other, reason="Đúng chức năng")
    assert Directive.objects.filter(visible_directives(head)).exists()
    assert (taken.due_on, taken.first_due_on, taken.duty) == (row.due_on, row.first_due_on, row.duty)
    assert (taken.state, taken.unit_name) == (AssignmentState.NOT_STARTED, other.name)
    office.report(taken)
    assert standing_of(row) == Standing.DROPPED
    assert Recipient.objects.get(unit=other).named_only
    assert {e.verb for e in Event.objects.filter(object_type="assignment", object_id=taken.pk)} == {
        "take_over",
        "report",
    }


@pytest.mark.parametrize("purpose", [Purpose.REPORT, Purpose.ACT])
def test_nobody_above_and_nobody_who_is_only_told_is_given_the_work(office, purpose):
    """A superior, an office beside: neither offered nor taken. One that acts by the document may have it, if not above."""
    above, beside, acting = make_unit(), make_unit(), make_unit()
    office.unit.parent = above
    office.unit.save()
    issued = office.issue(tasks=1, to=[office.rooms[0]], due_in=10)
    told = {above: purpose, beside: Purpose.INFORM, acting: Purpose.COORDINATE}
    for unit, its in told.items():
        Recipient.objects.create(directive=issued, unit=unit, unit_name=unit.name, purpose=its, position=9)
    row = assignments_of(issued)[0]
    offered = set(TransferForm(row).fields["unit"].queryset)
    assert offered >= {office.rooms[1], acting}
    assert offered.isdisjoint({above, beside, office.unit, office.rooms[0]})
    for unit in (above, beside, office.unit):
        with pytest.raises(Incomplete) as refused:
            tracking.transfer(Assignment.objects.get(pk=row.pk), by=office.monitor, unit=unit, reason="x")
        assert "unit" in refused.value.fields
    assert tracking.transfer(row, by=office.monitor, unit=acting, reason="x").unit == acting


def test_the_office_itself_takes_what_its_own_paper_gave_it_a_part_of(office):
    row, *_ = assignments_of(office.issue(tasks=1, to=[office.rooms[0]]))
    assert office.unit not in distribution.takers(row)
    act = {"unit": office.unit, "unit_name": office.unit.name, "purpose": Purpose.ACT}
    Recipient.objects.create(directive=row.directive, position=9, **act)
    assert tracking.transfer(row, by=office.monitor, unit=office.unit, reason="x").unit == office.unit


def test_the_paper_of_another_body_is_carried_out_within_the_office_alone(office):
    """A room that left the office still stands among those to which the paper gave work."""
    row, gone = assignments_of(office.issue(tasks=1))
    gone.unit.parent = make_unit()
    gone.unit.save()
    Assignment.objects.filter(pk=gone.pk).delete()
    assert gone.unit in distribution.takers(row), "of the office's own paper"
    Directive.objects.update(issuer=make_unit())
    row = Assignment.objects.get(pk=row.pk)
    assert gone.unit not in distribution.takers(row)
    assert gone.unit not in TransferForm(row).fields["unit"].queryset
    with pytest.raises(Incomplete) as refused:
        tracking.transfer(row, by=office.monitor, unit=gone.unit, reason="x")
    assert "unit" in refused.value.fields


def test_the_old_unit_is_neither_late_nor_done(office, row):
    tracking.transfer(row, by=office.leader, unit=office.rooms[1], reason="x")
    tally = compliance.tally(Assignment.objects.filter(pk=row.pk), clock.today())
    assert tally.total == 0


@pytest.mark.parametrize("unit", [None, "same", "owing", "foreign"])
def test_whom_it_cannot_go_to(office, unit):
    first, second = assignments_of(office.issue(tasks=1))
    to = {
        None: None,
        "same": first.unit,
        "owing": second.unit,
        "foreign": make_unit("Sở khác"),
    }[unit]
    if unit == "foreign":
        Directive.objects.filter(pk=first.directive_id).update(issuer=make_unit("UBND tỉnh"))
        first = Assignment.objects.get(pk=first.pk)
    with pytest.raises(Incomplete) as refusal:
        tracking.transfer(first, by=office.monitor, unit=to, reason="x")
    assert "unit" in refusal.value.fields
    first.refresh_from_db()
    assert first.state == AssignmentState.NOT_STARTED
    assert Assignment.objects.count() == 2


def test_a_transfer_without_a_reason(office, row):
    with pytest.raises(Incomplete):
        tracking.transfer(row, by=office.monitor, unit=office.rooms[1], reason=" ")


# --- The clock stopped -------------------------------------------------------------------------


def test_paused_work_is_not_late_and_goes_on_with_its_deadline(office):
    with ago(20):
        row = assignments_of(office.issue(tasks=1, to=office.rooms[:1], due_in=10))[0]
    assert standing_of(row) == Standing.OVERDUE
    tracking.pause(row, by=office.monitor, reason="Chờ hướng dẫn", review_on=later(10))
    assert standing_of(row) == Standing.PAUSED
    with pytest.raises(WrongState):
        office.report(Assignment.objects.get(pk=row.pk))
    tracking.resume(row, by=office.monitor)
    assert standing_of(row) == Standing.OVERDUE
    row.refresh_from_db()
    assert row.review_on is None


def test_or_with_a_later_one(office, row):
    tracking.pause(row, by=office.monitor, reason="Chờ hướng dẫn", review_on=later(10))
    with ago(-8):
        tracking.resume(row, by=office.monitor, due_on=later(10), note="Đã có hướng dẫn")
    row.refresh_from_db()
    assert (row.due_on, row.first_due_on) == (later(18), later(10))


def test_later_by_no_more_than_the_days_it_rested(office, row):
    """More time is an extension, which may be the leader's alone, or nobody's."""
    first = row.due_on
    tracking.pause(row, by=office.monitor, reason="Chờ", review_on=later(3))
    with ago(-3):
        tracking.review(row, by=office.monitor, reason="Vẫn chờ", review_on=later(20))
    with ago(-7):
        client = sign_in(office.monitor)
        latest = clock.printed_day(first + timedelta(days=7))
        assert f"Muộn nhất {latest}: thời hạn cũ" in page(client, f"/nhiem-vu/{row.pk}/tiep-tuc/")
        answer = act(client, row, "resume", due_on=clock.printed_day(first + timedelta(days=8)))
        assert (answer.status_code, Assignment.objects.get(pk=row.pk).due_on) == (422, first)
        assert f"Thời hạn mới muộn nhất là {latest}" in answer.content.decode()
        assert act(client, row, "resume", due_on=latest).status_code == 303
        row.refresh_from_db()
        tracking.pause(row, by=office.monitor, reason="Chờ", review_on=later(3))
        with pytest.raises(Incomplete):
            tracking.resume(row, by=office.monitor, due_on=row.due_on + timedelta(days=1))


def test_what_was_late_before_it_rested_goes_on_late(office):
    with ago(20):
        row = assignments_of(office.issue(tasks=1, to=office.rooms[:1], due_in=10))[0]
    with ago(5):
        tracking.pause(row, by=office.monitor, reason="Chờ", review_on=later(6))
    client = sign_in(office.monitor)
    shown = page(client, f"/nhiem-vu/{row.pk}/tiep-tuc/")
    assert "quá hạn từ trước khi tạm dừng" in shown
    assert 'name="due_on"' not in shown
    with pytest.raises(Incomplete) as refusal:
        tracking.resume(row, by=office.monitor, due_on=clock.today())
    assert list(refusal.value.fields) == ["due_on"]
    assert act(client, row, "resume").status_code == 303
    assert standing_of(row) == Standing.OVERDUE


def test_the_rule_of_a_period_gives_its_deadline_after_a_pause_too():
    duties = Duties()
    with on("2024-09-01"):
        row = duties.row(duties.first, "2024-Q3")
        tracking.pause(row, by=duties.office.monitor, reason="Chờ", review_on=date(2024, 9, 5))
    with on("2024-09-05"):
        with pytest.raises(Incomplete) as refusal:
            tracking.resume(row, by=duties.office.monitor, due_on=row.due_on + timedelta(days=1))
        assert list(refusal.value.fields) == ["due_on"]
        assert 'name="due_on"' not in page(sign_in(duties.office.monitor), f"/nhiem-vu/{row.pk}/tiep-tuc/")
        assert tracking.resume(row, by=duties.office.monitor).due_on == row.due_on


@pytest.mark.parametrize("days", [None, -1, 0, tracking.MOST_DAYS_PAUSED + 1])
def test_a_pause_has_a_day_on_which_somebody_looks_again(office, row, days):
    review_on = None if days is None else later(days)
    with pytest.raises(Incomplete) as refusal:
        tracking.pause(row, by=office.monitor, reason="Chờ", review_on=review_on)
    assert list(refusal.value.fields) == ["review_on"]


@pytest.mark.parametrize("days", [-1, 9])
def test_a_pause_brings_no_deadline_nearer(office, row, days):
    tracking.pause(row, by=office.monitor, reason="Chờ", review_on=later(5))
    with pytest.raises(Incomplete):
        tracking.resume(row, by=office.monitor, due_on=later(days))


def test_a_document_with_paused_work_is_not_at_its_end(office, row):
    tracking.pause(row, by=office.monitor, reason="Chờ", review_on=later(5))
    with pytest.raises(WrongState):
        issuing.close(row.directive, by=office.monitor)
    tracking.cancel(row, by=office.monitor, reason="Không cần nữa")
    issuing.close(row.directive, by=office.monitor)


def test_resumed_undated_work_keeps_the_units_own_day_within_its_new_deadline(office):
    row = assignments_of(office.issue(tasks=1, due_in=None, to=office.rooms[:1]))[0]
    worker = make_user(Role.STAFF, office.rooms[0])
    days = [clock.today() + timedelta(days=n) for n in (20, 10)]
    tracking.delegate(row, by=office.head_of(row), to=worker, internal_due_on=days[0])
    tracking.pause(row, by=office.monitor, reason="Chờ", review_on=clock.today() + timedelta(days=3))
    tracking.resume(row, by=office.monitor, due_on=days[1])
    row.refresh_from_db()
    assert (row.due_on, row.first_due_on, row.internal_due_on) == (days[1],) * 3


def test_undated_work_is_looked_at_on_its_own_day_again_when_it_goes_on(office):
    row = assignments_of(office.issue(tasks=1, due_in=None, to=office.rooms[:1]))[0]
    tracking.review(row, by=office.monitor, reason="Chờ", review_on=later(20))
    tracking.pause(row, by=office.monitor, reason="Chờ", review_on=later(5))
    with ago(-5):
        tracking.review(row, by=office.monitor, reason="Vẫn chờ", review_on=later(3))
        tracking.resume(row, by=office.monitor)
    row.refresh_from_db()
    assert row.review_on == later(20)
    with ago(-20):
        assert Assignment.objects.filter(to_review(office.monitor, clock.today()), pk=row.pk).exists()


@pytest.mark.parametrize("received", [True, False])
def test_what_nobody_has_received_waits_for_its_receipt_again(office, row, received):
    head = office.head_of(row)
    if received:
        tracking.acknowledge(row, by=head)
    tracking.pause(row, by=office.monitor, reason="Chờ", review_on=later(5))
    tracking.resume(row, by=office.monitor)
    row = Assignment.objects.get(pk=row.pk)
    assert row.state == (AssignmentState.IN_PROGRESS if received else AssignmentState.NOT_STARTED)
    assert ("acknowledge" in tracking.open_verbs(head, row)) != received


def test_what_the_unit_asks_is_answered_before_the_clock_stands(office, row):
    """During the pause it could be neither granted nor taken back, and after it not as it was asked."""
    tracking.request_extension(row, by=office.head_of(row), due_on=later(20), reason="Chờ vốn")
    answer = act(sign_in(office.monitor), row, "pause", reason="Bão", review_on=clock.printed_day(later(5)))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "“Xin gia hạn” chờ quyết định. Hãy trả lời đề nghị này rồi tạm dừng." in text
    assert "Bão" in text
    row.refresh_from_db()
    assert row.state == AssignmentState.NOT_STARTED
    tracking.extend(row, by=office.leader, due_on=later(20))
    tracking.pause(row, by=office.monitor, reason="Bão", review_on=later(5))


def test_why_a_unit_cannot_have_back_what_it_handed_on_is_said_with_the_way_out(office, row):
    giver, told = row.unit, {"by": office.monitor, "reason": "Nhầm"}
    taken = tracking.transfer(row, unit=office.rooms[1], **told)
    with pytest.raises(Incomplete) as back:
        tracking.transfer(taken, unit=giver, **told)
    assert "đã chuyển giao chính nhiệm vụ này đi" in back.value.fields["unit"]
    added = {"unit": giver, "shares": [distribution.Share(row.task, later(5))]}
    with pytest.raises(Incomplete) as again:
        recipients.add_recipient(row.directive, by=office.monitor, basis=recipients.Basis("Nhầm"), **added)
    assert "đã chuyển giao nhiệm vụ 1 cho đơn vị khác" in again.value.fields["tasks"]
    for refused in (back.value.fields["unit"], again.value.fields["tasks"]):
        assert "bằng một văn bản mới" in refused


def test_who_was_let_off_what_came_by_a_transfer_is_added_and_not_handed_it_again(office):
    row, other = assignments_of(office.issue(tasks=1, due_in=10))
    third = make_unit(parent=office.unit)
    taken = tracking.transfer(row, by=office.monitor, unit=third, reason="Nhầm")
    tracking.cancel(taken, by=office.monitor, reason="Nhầm")
    with pytest.raises(Incomplete) as refused:
        tracking.transfer(other, by=office.monitor, unit=third, reason="Đúng chức năng")
    assert "bổ sung đơn vị này vào văn bản" in refused.value.fields["unit"]
    added = {"unit": third, "shares": [distribution.Share(row.task, later(5))]}
    recipients.add_recipient(row.directive, by=office.monitor, basis=recipients.Basis("Giao lại"), **added)
    taken.refresh_from_db()
    assert taken.state == AssignmentState.NOT_STARTED
