"""A unit added to an issued document, or let off: an act of its own, with why, that nobody has to remember."""

from datetime import datetime, time, timedelta

import pytest

from directives import compliance, issuing, recipients, rendering, tracking
from directives.calendar import add_working_days
from directives.distribution import Share
from directives.enums import AssignmentState, Decision, Duty, NoticeKind, Purpose, ReportOutcome
from directives.errors import Incomplete, NotAllowed, WrongState
from directives.models import Addressee, Assignment, Directive, Notice, Recipient, Request
from directives.notices import send
from directives.recipients import Basis
from directives.rules import visible_directives
from units import clock
from units.enums import Role
from units.holidays import office_calendar
from units.models import Event

from .factories import Office, assignments_of, give_role, make_unit
from .recurring_world import SAIGON
from .screens import issue_earlier, page, sign_in
from .screens import send as post

pytestmark = pytest.mark.django_db

WHY = Basis("Phòng cũng có phần việc này")
PAPER = Basis(code="15/SO-VP", dated_on=clock.today())


@pytest.fixture
def office():
    return Office(rooms=3)


@pytest.fixture
def directive(office):
    return office.issue(tasks=2, to=office.rooms[:2], due_in=10)


def next_morning():
    """Of a working day: on others nobody is told anything."""
    calendar = office_calendar(clock.today(), later(30))
    return datetime.combine(add_working_days(clock.today(), 1, **calendar), time(9), SAIGON)


def later(days):
    return clock.today() + timedelta(days=days)


def shares(directive, *, due_on=None):
    return [Share(task, due_on or task.due_on) for task in directive.tasks.order_by("position")]


def add(office, directive, unit=None, **fields):
    told = {"by": office.monitor, "unit": unit or office.rooms[2], "shares": shares(directive), "basis": WHY}
    return recipients.add_recipient(directive, **told | fields)


def remove(office, directive, unit=None, **fields):
    told = {"by": office.monitor, "unit": unit or office.rooms[0], "basis": PAPER}
    return recipients.remove_recipient(directive, **told | fields)


def rows_of(directive, unit):
    return [row for row in assignments_of(directive) if row.unit_id == unit.pk]


def states(directive, unit):
    return [row.state for row in rows_of(directive, unit)]


# --- Added --------------------------------------------------------------------------------------


def test_the_unit_has_the_work_from_today_and_sees_the_document(office):
    directive = issue_earlier(office, 5, tasks=2, to=office.rooms[:2], due_in=10)
    unit, head = office.rooms[2], office.heads[office.rooms[2]]
    assert not Directive.objects.filter(visible_directives(head)).exists()
    add(office, directive, duty=Duty.SUPPORT)
    assert Directive.objects.filter(visible_directives(head)).exists()
    rows = rows_of(directive, unit)
    assert [row.task.label for row in rows] == ["1", "2"]
    assert {(row.issued_on, row.due_on, row.first_due_on, row.duty) for row in rows} == {
        (clock.today(), later(5), later(5), Duty.SUPPORT)
    }
    recipient = Recipient.objects.get(unit=unit)
    assert (recipient.reason, recipient.purpose) == (WHY.reason, Purpose.COORDINATE)
    office.accept(rows[0])
    assert compliance.tally(Assignment.objects.filter(unit=unit), clock.today()).done == 1


def test_one_act_is_one_event_and_the_other_units_do_not_see_it(office, directive):
    before = Event.objects.count()
    add(office, directive, basis=PAPER)
    assert Event.objects.count() == before + 1
    event = Event.objects.latest("pk")
    assert (event.verb, event.object_label, event.after["tasks"]) == (
        "add_recipient",
        office.rooms[2].name,
        "1, 2",
    )
    words = f"theo 15/SO-VP ngày {clock.printed_day(PAPER.dated_on)}"
    row = rows_of(directive, office.rooms[2])[0]
    own, other = sign_in(office.heads[office.rooms[2]]), sign_in(office.heads[office.rooms[0]])
    assert words in page(own, f"/nhiem-vu/{row.pk}/")
    assert words in page(sign_in(office.leader), f"/van-ban/{directive.pk}/nhat-ky/")
    assert words in page(own, f"/van-ban/{directive.pk}/nhat-ky/")
    assert office.rooms[2].name not in page(other, f"/van-ban/{directive.pk}/nhat-ky/")
    assert office.rooms[2].name not in page(other, f"/van-ban/{directive.pk}/")


def test_the_list_on_the_screen_says_so_and_the_paper_does_not_change(office, directive):
    addressees = list(Addressee.objects.filter(directive=directive))
    printed = rendering.layout_of(directive, addressees, today=clock.today())
    add(office, directive)
    remove(office, directive)
    again = rendering.layout_of(
        directive, list(Addressee.objects.filter(directive=directive)), today=clock.today()
    )
    assert again == printed
    text, day = page(sign_in(office.monitor), f"/van-ban/{directive.pk}/"), clock.printed_day(clock.today())
    assert text.count(f"bổ sung ngày {day}") == 2  # in the matrix and in the list
    assert text.count(f"thôi giao ngày {day}") == 2
    assert "theo 15/SO-VP" in text


def test_the_unit_is_told(office, directive):
    with clock.travel(next_morning()):
        send(as_of=clock.today())
        told_before = set(Notice.objects.values_list("pk", flat=True))
        add(office, directive)
        send(as_of=clock.today())
    told = Notice.objects.filter(kind=NoticeKind.ASSIGNED).exclude(pk__in=told_before)
    told = told.values_list("person", flat=True)
    assert set(told) == {office.heads[office.rooms[2]].pk}


def test_a_deadline_that_has_passed_is_given_anew(office):
    directive = issue_earlier(office, 20, tasks=1, to=office.rooms[:1], due_in=10)
    task = directive.tasks.get()
    for day in (task.due_on, None):
        with pytest.raises(Incomplete) as refusal:
            add(office, directive, shares=[Share(task, day)])
        assert list(refusal.value.fields) == [f"due_on_{task.pk}"]
    add(office, directive, shares=[Share(task, clock.today())])
    row = rows_of(directive, office.rooms[2])[0]
    assert (row.due_on, row.first_due_on) == (clock.today(), clock.today())


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"basis": Basis(" ")}, "reason"),
        ({"basis": Basis(code="15/SO")}, "dated_on"),
        ({"basis": Basis("x", dated_on=clock.today())}, "code"),
        ({"basis": Basis(code="15/SO", dated_on=later(9))}, "dated_on"),
        ({"shares": []}, "tasks"),
        ({"unit": "owing"}, "tasks"),
        ({"unit": "ended"}, "unit"),
        ({"unit": "foreign"}, "unit"),
        ({"unit": None}, "unit"),
    ],
)
def test_what_keeps_a_unit_out_is_said_at_its_field(office, directive, fields, field):
    ended = make_unit("Phòng đã giải thể", parent=office.unit, ends_on=clock.today())
    units = {"owing": office.rooms[0], "ended": ended, "foreign": make_unit("Sở khác"), None: None}
    told = {"unit": office.rooms[2]} | fields
    if told["unit"] in units:
        if told["unit"] == "foreign":
            Directive.objects.filter(pk=directive.pk).update(issuer=make_unit("UBND tỉnh"))
            directive = Directive.objects.get(pk=directive.pk)
        told["unit"] = units[told["unit"]]
    with pytest.raises(Incomplete) as refusal:
        recipients.add_recipient(
            directive, **{"by": office.monitor, "shares": shares(directive), "basis": WHY} | told
        )
    assert list(refusal.value.fields) == [field]
    assert Assignment.objects.count() == 4


def test_who_only_reads_the_document_may_be_given_its_work(office):
    draft = office.draft(tasks=1, to=office.rooms[:1])
    Addressee.objects.create(directive=draft, unit=office.rooms[1], text="x", purpose=Purpose.INFORM)
    issuing.submit(draft, by=office.clerk)
    issuing.sign(draft, by=office.leader)
    directive = issuing.issue(draft, by=office.clerk)
    add(office, directive, office.rooms[1])
    assert Recipient.objects.get(unit=office.rooms[1]).purpose == Purpose.ACT


def test_only_who_follows_up_changes_who_has_it_and_only_while_it_runs(office, directive):
    for person in (office.clerk, office.heads[office.rooms[0]], Office().leader):
        with pytest.raises(NotAllowed):
            add(office, directive, by=person)
        with pytest.raises(NotAllowed):
            remove(office, directive, by=person)
    issuing.revoke(directive, by=office.leader, reason="x")
    with pytest.raises(WrongState):
        add(office, directive)


# --- Let off ------------------------------------------------------------------------------------


def test_what_is_open_is_let_off_and_what_is_done_stays(office, directive):
    done, still_open = rows_of(directive, office.rooms[0])
    office.accept(done)
    tracking.request_extension(still_open, by=office.head_of(still_open), due_on=later(20), reason="x")
    before = Event.objects.count()
    remove(office, directive)
    assert Event.objects.count() == before + 1
    assert states(directive, office.rooms[0]) == [AssignmentState.ACCEPTED, AssignmentState.CANCELLED]
    assert Request.objects.get().decision == Decision.WITHDRAWN
    assert states(directive, office.rooms[1]) == [AssignmentState.NOT_STARTED] * 2
    client = sign_in(office.heads[office.rooms[0]])
    assert "Thôi giao mọi việc chưa xong" in page(client, f"/nhiem-vu/{still_open.pk}/")
    assert "thôi giao ngày" in page(client, f"/van-ban/{directive.pk}/")


def test_a_report_that_waits_is_decided_first_or_dropped(office, directive):
    reported = office.report(rows_of(directive, office.rooms[0])[0])
    with pytest.raises(Incomplete) as refusal:
        remove(office, directive)
    assert "Nhiệm vụ 1" in refusal.value.fields["drop_reports"]
    assert states(directive, office.rooms[0]) == [AssignmentState.REPORTED, AssignmentState.NOT_STARTED]
    remove(office, directive, drop_reports=True)
    assert states(directive, office.rooms[0]) == [AssignmentState.CANCELLED] * 2
    assert reported.reports.get().outcome == ReportOutcome.DROPPED


def test_proof_added_to_accepted_work_is_decided_first(office, directive):
    row = office.accept(rows_of(directive, office.rooms[0])[0])
    tracking.supplement(
        row, by=office.head_of(row), text="Thêm", evidence=[tracking.Document("2/BC", clock.today())]
    )
    with pytest.raises(Incomplete):
        remove(office, directive, drop_reports=True)
    row.refresh_from_db()
    assert row.state == AssignmentState.REPORTED


@pytest.mark.parametrize("fields", [{"basis": Basis()}, {"unit": None}, {"unit": "idle"}])
def test_what_keeps_a_unit_in_is_said(office, directive, fields):
    told = {"unit": office.rooms[0], "basis": WHY, "by": office.monitor} | fields
    if told["unit"] == "idle":
        told["unit"] = office.rooms[2]
    with pytest.raises(Incomplete):
        recipients.remove_recipient(directive, **told)


def test_nobody_lets_off_the_unit_they_sit_in(office, directive):
    give_role(office.monitor, Role.STAFF, office.rooms[0])
    with pytest.raises(NotAllowed):
        remove(office, directive)
    remove(office, directive, by=office.leader)


def test_a_unit_let_off_by_mistake_begins_anew(office, directive):
    row = rows_of(directive, office.rooms[0])[0]
    tracking.acknowledge(row, by=office.head_of(row))
    remove(office, directive)
    add(office, directive, office.rooms[0], shares=shares(directive, due_on=later(15)))
    rows = rows_of(directive, office.rooms[0])
    assert {(one.state, one.due_on, one.acknowledged_at) for one in rows} == {
        ("not_started", later(15), None)
    }
    assert Recipient.objects.get(unit=office.rooms[0]).removed_at is None
    office.accept(rows[0])


def test_work_handed_to_a_unit_that_was_let_off_makes_it_a_recipient_again(office, directive):
    office.accept(rows_of(directive, office.rooms[0])[1])
    remove(office, directive)
    Assignment.objects.filter(unit=office.rooms[0], state=AssignmentState.CANCELLED).delete()
    row = rows_of(directive, office.rooms[1])[0]
    tracking.transfer(row, by=office.monitor, unit=office.rooms[0], reason="x")
    assert Recipient.objects.get(unit=office.rooms[0]).removed_at is None


def test_work_handed_to_a_unit_that_had_been_let_off_it_begins_anew(office, directive):
    row = rows_of(directive, office.rooms[0])[0]
    tracking.acknowledge(row, by=office.head_of(row))
    remove(office, directive)
    given = rows_of(directive, office.rooms[1])[0]
    taken = tracking.transfer(given, by=office.monitor, unit=office.rooms[0], reason="x")
    assert (taken.pk, taken.state, taken.acknowledged_at) == (row.pk, AssignmentState.NOT_STARTED, None)
    assert taken.transferred_from == given
    done = office.accept(rows_of(directive, office.rooms[1])[1])
    add(office, directive, shares=[Share(done.task, done.due_on)])
    with pytest.raises(Incomplete):
        tracking.transfer(
            rows_of(directive, office.rooms[2])[0], by=office.monitor, unit=office.rooms[1], reason="x"
        )


def test_what_begins_anew_waits_for_no_answer_to_what_was_asked_before(office, directive):
    row, other = rows_of(directive, office.rooms[0])
    tracking.note_progress(row, by=office.head_of(row), obstacle="Thiếu người")
    tracking.urge(row, by=office.monitor, text="Khẩn trương", reply_by=later(2))
    tracking.urge(other, by=office.monitor, text="Khẩn trương", reply_by=later(2))
    tracking.cancel(other, by=office.monitor, reason="x")
    remove(office, directive, basis=WHY)
    assert row.urgings.get().reply == f"Đã thôi giao đơn vị: {WHY.reason}"
    assert (row.progress_notes.get().answer, row.progress_notes.get().answered_by) == (
        f"Đã thôi giao đơn vị: {WHY.reason}",
        office.monitor,
    )
    add(office, directive, office.rooms[0])
    assert not row.urgings.filter(replied_at=None).exists()
    assert not other.urgings.filter(replied_at=None).exists()


@pytest.mark.parametrize("which", ["above", "itself", "elsewhere"])
def test_work_is_given_to_units_below_the_office_or_named_in_the_document(office, directive, which):
    province = make_unit("UBND tỉnh")
    office.unit.parent = province
    office.unit.save()
    directive = Directive.objects.get(pk=directive.pk)
    elsewhere = make_unit("Sở khác", parent=province)
    unit = {"above": province, "itself": office.unit, "elsewhere": elsewhere}[which]
    with pytest.raises(Incomplete) as refusal:
        add(office, directive, unit)
    assert list(refusal.value.fields) == ["unit"]
    if which == "elsewhere":
        told = {"directive": directive, "unit": unit, "unit_name": unit.name, "purpose": Purpose.INFORM}
        Recipient.objects.create(**told)
        add(office, directive, unit)
        assert len(rows_of(directive, unit)) == 2


# --- On the screen ------------------------------------------------------------------------------


def test_the_form_adds_what_is_everybodys(office, directive):
    client, address = sign_in(office.monitor), f"/van-ban/{directive.pk}/bo-sung-don-vi/"
    text = page(client, address)
    assert text.count(" checked") == 3  # both tasks, and the lead
    first, second = directive.tasks.order_by("position")
    sent = {"unit": office.rooms[2].name, "duty": "lead", f"task_{first.pk}": "on", "reason": "Bổ sung"}
    sent |= {f"due_on_{first.pk}": clock.printed_day(later(7))}
    assert post(client, address, **sent).status_code == 303
    (row,) = rows_of(directive, office.rooms[2])
    assert (row.task, row.due_on) == (first, later(7))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"unit": "Phòng không có"}, "Chưa rõ “Phòng không có” là đơn vị nào."),
        ({"unit": ""}, "Hãy chọn một đơn vị."),
        ({"reason": ""}, "Hãy ghi lý do, hoặc số và ngày của văn bản đính chính."),
        ({"owing": True}, "Đơn vị này đã có nhiệm vụ 1. Hãy bỏ chọn."),
        ({"due": "hôm qua"}, "Ngày này không có hoặc ghi chưa đúng"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(office, directive, fields, sentence):
    task = directive.tasks.first()
    sent = {
        "unit": office.rooms[0].name if "owing" in fields else fields.get("unit", office.rooms[2].name),
        "duty": "lead",
        f"task_{task.pk}": "on",
        f"due_on_{task.pk}": fields.get("due", clock.printed_day(later(7))),
        "reason": fields.get("reason", "Vì lẽ này"),
        "code": "15/SO" if "reason" not in fields else "",
        "dated_on": clock.printed_day(clock.today()) if "reason" not in fields else "",
    }
    answer = post(sign_in(office.monitor), f"/van-ban/{directive.pk}/bo-sung-don-vi/", **sent)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in text
    assert sent["reason"] in text
    assert sent["unit"] in text
    assert Assignment.objects.count() == 4


def test_the_form_lets_off(office, directive):
    office.report(rows_of(directive, office.rooms[0])[0])
    client, address = sign_in(office.leader), f"/van-ban/{directive.pk}/thoi-giao-don-vi/"
    assert f'value="{office.rooms[0].pk}" selected' in page(client, f"{address}?don-vi={office.rooms[0].pk}")
    sent = {"unit": office.rooms[0].pk, "reason": "Trùng với phòng khác"}
    answer = post(client, address, **sent)
    assert answer.status_code == 422
    assert "Hãy quyết định trước, hoặc chọn bỏ cả báo cáo." in answer.content.decode()
    assert post(client, address, **sent, drop_reports="on").status_code == 303
    assert states(directive, office.rooms[0]) == [AssignmentState.CANCELLED] * 2


def test_the_buttons_stand_where_there_is_work_to_give(office, directive):
    text = page(sign_in(office.monitor), f"/van-ban/{directive.pk}/")
    assert "Bổ sung đơn vị" in text
    assert "Bổ sung đơn vị" not in page(sign_in(office.clerk), f"/van-ban/{directive.pk}/")
