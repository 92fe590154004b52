"""What a unit is told of what was decided on its work, what passes inside it, and whom one tells where nobody is."""

from datetime import timedelta

import pytest

from directives import compliance, notices, recipients, rules, tracking
from directives.distribution import Share
from directives.enums import NoticeKind
from directives.models import Assignment, Notice, ProgressNote
from directives.recipients import Basis
from units import clock
from units.enums import Role
from units.models import User

from .factories import assignments_of, give_role, make_user
from .notices_world import LONG_AGO, WEDNESDAY, Desk, on, run, told
from .screens import page, sign_in

pytestmark = pytest.mark.django_db
THURSDAY = WEDNESDAY + timedelta(days=1)


@pytest.fixture
def desk():
    return Desk(rooms=2)


@pytest.fixture
def work(desk):
    return assignments_of(desk.due(20))[0]


def shown(person):
    return page(sign_in(person), "/thong-bao/")


# --- Decided -----------------------------------------------------------------------------------


def asks_for_time(desk, work):
    day = work.due_on + timedelta(days=10)
    return tracking.request_extension(work, by=desk.head, due_on=day, reason="Chờ số liệu")


def test_more_time_is_told_at_once_with_the_new_day(desk, work):
    with on(WEDNESDAY, 14):
        asks_for_time(desk, work)
        tracking.extend(work, by=desk.leader, due_on=work.due_on + timedelta(days=9))
    run(WEDNESDAY, 14, 15)
    run(WEDNESDAY, 14, 30)
    assert told(desk.head) == told(desk.deputy) == ["extended"]
    assert told(desk.staff) == told(desk.monitor) == []
    assert "Được gia hạn" in shown(desk.head)
    work.refresh_from_db()
    with on(WEDNESDAY, 15):
        assert "Còn 29 ngày" in shown(desk.head)


def test_a_refusal_is_told_with_its_reason(desk, work):
    with on(WEDNESDAY, 14):
        asks_for_time(desk, work)
        tracking.refuse_extension(work, by=desk.leader, reason="Không có căn cứ")
    run(WEDNESDAY, 14, 15)
    assert told(desk.head) == ["refused"]
    assert "Không có căn cứ" in shown(desk.head)


@pytest.mark.parametrize("ends", ["transfer", "cancel"])
def test_whoever_was_right_to_decline_is_told_so_once(desk, work, ends):
    with on(WEDNESDAY, 9):
        tracking.decline(work, by=desk.head, reason="Không đúng chức năng", unit=desk.rooms[1])
        verb = getattr(tracking, ends)
        verb(work, by=desk.monitor, reason="Đúng", **({"unit": desk.rooms[1]} if ends == "transfer" else {}))
    run(WEDNESDAY, 10)
    run(THURSDAY, 8)
    assert told(desk.head) == ["let_off"]


def test_work_that_stays_is_told_with_the_reason(desk, work):
    with on(WEDNESDAY, 9):
        tracking.decline(work, by=desk.head, reason="Không đúng chức năng")
        tracking.refuse_decline(work, by=desk.monitor, reason="Đúng chức năng phòng")
    run(WEDNESDAY, 10)
    assert told(desk.head) == ["refused"]
    assert "Đúng chức năng phòng" in shown(desk.head)


def test_an_answer_to_an_obstacle_reaches_the_unit_once_in_its_words(desk, work):
    with on(WEDNESDAY, 9):
        note = tracking.note_progress(work, by=desk.head, obstacle="Chưa có kinh phí")
        work.refresh_from_db()
    run(WEDNESDAY, 9, 15)
    assert told(desk.head) == []
    with on(WEDNESDAY, 9, 30):
        note = ProgressNote.objects.select_related("assignment__directive").get(obstacle="Chưa có kinh phí")
        tracking.answer_obstacle(note, by=desk.monitor, answer="Sở bố trí từ nguồn sự nghiệp")
    run(WEDNESDAY, 10)
    run(WEDNESDAY, 10, 15)
    run(THURSDAY, 8)
    assert told(desk.head) == told(desk.deputy) == ["answered"]
    assert told(desk.staff) == []
    assert "answered" not in told(desk.monitor)
    assert Notice.objects.get(person=desk.head).by_mail
    assert "Vướng mắc được trả lời" in shown(desk.head)
    assert "Sở bố trí từ nguồn sự nghiệp" in shown(desk.head)


def test_the_next_answer_of_another_day_is_told_anew(desk, work):
    for day, answer in ((WEDNESDAY, "Đã rõ"), (THURSDAY, "Sẽ họp")):
        with on(day, 9):
            tracking.note_progress(Assignment.objects.get(pk=work.pk), by=desk.head, obstacle=f"Vướng {day}")
            note = ProgressNote.objects.select_related("assignment__directive").get(answered_at=None)
            tracking.answer_obstacle(note, by=desk.monitor, answer=answer)
        run(day, 10)
    assert told(desk.head) == ["answered", "answered"]
    first, second = Notice.objects.filter(person=desk.head).order_by("pk")
    quoted = dict(notices.with_words(Notice.objects.all()).values_list("pk", "quoted"))
    assert (quoted[first.pk], quoted[second.pk]) == ("Đã rõ", "Sẽ họp")


def test_a_deadline_given_to_work_without_one_is_told_with_the_reason(desk):
    with on(LONG_AGO):
        (work,) = assignments_of(desk.issue(due_in=None, tasks=1, to=desk.rooms[:1]))
    with on(WEDNESDAY, 9):
        day = WEDNESDAY + timedelta(days=20)
        tracking.set_deadline(work, by=desk.monitor, due_on=day, reason="Tỉnh đã ấn định")
    run(WEDNESDAY, 9, 15)
    run(WEDNESDAY, 9, 30)
    assert told(desk.head) == told(desk.deputy) == ["dated"]
    with on(WEDNESDAY, 10):
        assert "Được đặt thời hạn" in shown(desk.head)
        assert "Còn 20 ngày" in shown(desk.head)
        assert "Tỉnh đã ấn định" in shown(desk.head)


def test_a_report_that_came_late_is_not_called_overdue_while_it_waits(desk):
    (work,) = assignments_of(desk.due(-10))
    with on(WEDNESDAY - timedelta(days=4), 9):
        desk.report(work)
    run()
    assert told(desk.monitor) == ["awaiting"]
    with on():
        inbox = shown(desk.monitor)
    assert "nộp 21/11/2026, trễ 6 ngày" in inbox
    assert "Quá hạn" not in inbox.split('class="told"')[1]


def test_stopped_work_and_work_that_goes_on_are_in_the_next_morning(desk, work):
    with on(WEDNESDAY, 14):
        tracking.pause(work, by=desk.monitor, reason="Chờ kinh phí", review_on=WEDNESDAY + timedelta(days=9))
    run(WEDNESDAY, 14, 15)
    assert told(desk.head) == []
    run(THURSDAY, 8)
    run(THURSDAY, 9)
    run(THURSDAY + timedelta(days=1), 8)
    assert told(desk.head) == ["changed"]
    assert "Chờ kinh phí" in shown(desk.head)
    assert "Tạm dừng" in shown(desk.head)
    with on(THURSDAY + timedelta(days=1), 9):
        tracking.resume(Assignment.objects.get(pk=work.pk), by=desk.monitor)
        assert rules.unread_notices(desk.head, clock.today()) is not None
        unread = Notice.objects.filter(rules.unread_notices(desk.head, clock.today()))
        assert unread.count() == 1, "no later morning says it anew: it stays unread until it is read"
    run(WEDNESDAY + timedelta(days=5), 8)
    assert told(desk.head) == ["changed", "changed"]
    assert "Tiếp tục thực hiện" in shown(desk.head)


def test_letting_off_that_was_taken_back_is_no_news(desk, work):
    with on(WEDNESDAY, 9):
        tracking.cancel(work, by=desk.monitor, reason="Giao nhầm")
        share = Share(work.task, work.due_on)
        told_why = {"shares": [share], "basis": Basis("Giao lại")}
        recipients.add_recipient(work.directive, by=desk.monitor, unit=desk.rooms[0], **told_why)
        tracking.acknowledge(Assignment.objects.get(pk=work.pk), by=desk.head)
    run(THURSDAY, 8)
    assert "changed" not in told(desk.head)


# --- Inside the unit ---------------------------------------------------------------------------


def test_what_was_laid_before_the_head_comes_back_to_the_person_alone(desk, work):
    with on(WEDNESDAY, 9):
        tracking.delegate(work, by=desk.head, to=desk.staff)
        tracking.submit_internally(work, by=desk.staff, text="Đã xong")
        tracking.send_back_internally(work, by=desk.head, reason="Thiếu phụ lục")
    run(WEDNESDAY, 9, 30)
    assert told(desk.staff) == ["handed_back", "assigned"]
    assert told(desk.head) == told(desk.monitor) == []
    assert "Thiếu phụ lục" in shown(desk.staff)


def test_what_was_laid_again_is_not_told_as_come_back(desk, work):
    with on(WEDNESDAY, 9):
        tracking.delegate(work, by=desk.head, to=desk.staff)
        tracking.submit_internally(work, by=desk.staff, text="Đã xong")
        tracking.send_back_internally(work, by=desk.head, reason="Thiếu phụ lục")
        tracking.submit_internally(work, by=desk.staff, text="Đã đủ")
    run(WEDNESDAY, 9, 30)
    assert told(desk.staff) == ["assigned"]


# --- Where nobody is ---------------------------------------------------------------------------


def leave(desk, *people):
    for person in people:
        person.memberships.update(ends_on=WEDNESDAY - timedelta(days=1))


def test_a_deputy_alone_answers_for_the_unit(desk, work):
    leave(desk, desk.head)
    run()
    assert compliance.unmanned_units(rules.given_assignments(desk.monitor), WEDNESDAY) == []
    assert told(desk.monitor) == []


def test_what_a_unit_without_anybody_is_told_goes_to_whoever_heads_the_unit_above(desk, work):
    leave(desk, desk.head, desk.deputy)
    with on(WEDNESDAY, 9):
        desk.urge(work)
    run(WEDNESDAY, 9, 30)
    assert told(desk.leader) == ["urged"]
    assert told(desk.monitor) == ["unmanned"]
    notice = Notice.objects.get(person=desk.monitor)
    assert (
        "/cho-xu-ly/chua-co-nguoi/" in sign_in(desk.monitor).post(f"/thong-bao/{notice.pk}/mo/")["Location"]
    )


def test_where_nobody_heads_the_unit_above_either_it_goes_to_the_office(desk, work):
    above = make_user(Role.MONITOR, desk.unit)
    leave(desk, desk.head, desk.deputy)
    desk.leader.memberships.update(ends_on=WEDNESDAY - timedelta(days=1))
    with on(WEDNESDAY, 9):
        desk.urge(work)
    run(WEDNESDAY, 9, 30)
    assert told(above) == told(desk.monitor) == ["urged", "unmanned"]


def test_whoever_acts_for_a_head_who_left_answers_for_nothing(desk, work):
    leave(desk, desk.head, desk.deputy)
    give_role(
        desk.staff, Role.HEAD, desk.rooms[0], principal=desk.head, starts_on=WEDNESDAY, ends_on=THURSDAY
    )
    run()
    assert told(desk.monitor) == ["unmanned"]


def test_the_monitor_and_the_administrator_see_which_unit(desk, work):
    admin = make_user(Role.ADMIN, desk.unit)
    with on():
        assert "chưa có người chịu trách nhiệm" not in page(sign_in(desk.monitor), "/")
        leave(desk, desk.head, desk.deputy)
        shown = page(sign_in(desk.monitor), "/")
        assert "1 đơn vị chưa có người chịu trách nhiệm" in shown
        shown = page(sign_in(desk.monitor), "/cho-xu-ly/chua-co-nguoi/")
        assert desk.rooms[0].name in shown
        assert "1 việc đang mở" in shown
        shown = page(sign_in(admin), "/quan-tri/")
        assert desk.rooms[0].name in shown
        assert work.directive.code not in shown
        assert desk.rooms[0].name not in page(sign_in(desk.clerk), "/quan-tri/")
        stranger = Desk(rooms=1).monitor
        assert desk.rooms[0].name not in page(sign_in(stranger), "/cho-xu-ly/chua-co-nguoi/")


def test_the_filter_and_the_roster_say_the_same_of_who_is_there(desk, work):
    from directives import audience
    from units.rules import Roster

    leave(desk, desk.head)
    User.objects.filter(pk=desk.deputy.pk).update(is_active=False)
    with on():
        alone = set(Assignment.objects.filter(rules.unmanned()).values_list("unit", flat=True))
        roster = Roster(WEDNESDAY)
        assert alone == {u.pk for u in desk.rooms if not audience.is_manned(roster, u.pk)} & alone
        assert alone == {desk.rooms[0].pk}


def test_every_kind_has_a_place_of_its_own_in_the_order():
    assert len(set(NoticeKind.values)) == len(NoticeKind.values)
