"""A leader asks why and says what to do, from any late row; what no unit has answered stands before the leader."""

from datetime import timedelta

import pytest
from django.urls import reverse

from directives import compliance, tracking
from directives.enums import NoticeKind, UrgingKind
from directives.errors import Incomplete, NotAllowed, WrongState
from directives.models import Notice, Urging
from directives.templatetags.wording import short_day
from units import clock
from units.models import Event

from .factories import Office, assignments_of
from .notices_world import WEDNESDAY, Desk, on, run, told
from .screens import act, ago, issue_earlier, page, send, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office(rooms=2)


@pytest.fixture
def row(office):
    return assignments_of(issue_earlier(office, 20, tasks=1, due_in=10, to=office.rooms[:1]))[0]


def instruct(office, row, **fields):
    return tracking.instruct(row, by=office.leader, text="Báo cáo trực tiếp tại giao ban", **fields)


def ask(office, row, **fields):
    told = {"text": "Vì sao chậm?", "reply_by": tracking.proposed_reply_day(), **fields}
    return tracking.ask_explanation(row, by=office.leader, **told)


def urge(office, row, times=1):
    for n in range(times):
        tracking.urge(row, by=office.monitor, text=f"Lần {n}", reply_by=clock.today())


# --- What is said ------------------------------------------------------------------------------


def test_it_stays_open_until_one_answer_settles_everything(office, row):
    urge(office, row), ask(office, row), instruct(office, row)
    kinds = set(Urging.objects.filter(replied_at=None).values_list("kind", flat=True))
    assert kinds == set(UrgingKind.values)
    tracking.answer_urging(row, by=office.head_of(row), reply="Xong thứ Sáu")
    assert not Urging.objects.filter(replied_at=None).exists()
    with pytest.raises(WrongState):
        tracking.answer_urging(row, by=office.head_of(row), reply="Lần nữa")
    assert set(Event.objects.values_list("verb", flat=True)) >= {"urge", "ask_explanation", "instruct"}


def test_only_the_leader_of_the_office_that_gave_the_work(office, row):
    for person in (office.monitor, office.clerk, office.head_of(row), Office(rooms=1).leader):
        with pytest.raises(NotAllowed):
            tracking.instruct(row, by=person, text="x")
        with pytest.raises(NotAllowed):
            tracking.ask_explanation(row, by=person, text="x", reply_by=clock.today())


def test_a_question_has_a_day_and_an_instruction_may_have_one(office, row):
    with pytest.raises(Incomplete):
        ask(office, row, reply_by=None)
    assert instruct(office, row).reply_by is None
    with pytest.raises(Incomplete) as refusal:
        instruct(office, row, reply_by=clock.today() - timedelta(days=1))
    assert list(refusal.value.fields) == ["reply_by"]
    assert instruct(office, row, reply_by=clock.today()).reply_by == clock.today()


def test_what_would_be_asked_names_task_document_and_day(office, row):
    assert "đã quá thời hạn" in tracking.proposed_question(row)
    assert row.directive.code in tracking.proposed_question(row)


# --- From any late row -------------------------------------------------------------------------


def rows_of(office, row):
    return [
        "/thong-ke/phan-viec/?chi-tieu=qua-han",
        "/cho-xu-ly/qua-han/",
        f"/nhiem-vu/{row.pk}/",
        f"/van-ban/{row.directive_id}/o/{row.unit_id}/{row.task_id}/?manh=1",
    ]


def test_every_late_row_leads_there_and_back(office, row):
    ways = [reverse(f"assignment-{verb}", args=[row.pk]) for verb in ("instruct", "ask-explanation")]
    for address in rows_of(office, row):
        shown = page(sign_in(office.leader), address)
        assert all(f'href="{way}' in shown for way in ways), address
        shown = page(sign_in(office.monitor), address)
        assert not any(f'href="{way}' in shown for way in ways), address


def test_it_is_sent_once_and_leads_back(office, row):
    client, back = sign_in(office.leader), "/cho-xu-ly/qua-han/"
    for verb, fields in (
        ("instruct", {"text": "Làm ngay"}),
        ("ask-explanation", {"text": "Vì sao?", "reply_by": f"{clock.today():%d/%m/%Y}"}),
    ):
        assert act(client, row, verb, text="").status_code == 422
        answer = act(client, row, verb, next=back, **fields)
        assert (answer.status_code, answer["Location"]) == (303, back)
    assert Urging.objects.count() == 2


def test_the_unit_reads_what_was_said_and_answers(office, row):
    urge(office, row)
    with clock.travel(clock.now() + timedelta(minutes=1)):
        instruct(office, row)
    client = sign_in(office.head_of(row))
    for address in ("/nhiem-vu/", f"/nhiem-vu/{row.pk}/"):
        shown = page(client, address)
        assert "Đôn đốc:</b> Lần 0" in shown, "what must be answered by a day stands before what need not"
        assert "và 1 điều khác chờ trả lời" in shown
    shown = page(client, f"/nhiem-vu/{row.pk}/")
    assert "Báo cáo trực tiếp tại giao ban" in shown
    assert act(client, row, "answer-urging", reply="Sẽ báo cáo").status_code == 303
    shown = page(sign_in(office.leader), f"/nhiem-vu/{row.pk}/")
    assert "Sẽ báo cáo" in shown
    assert "chưa trả lời" not in shown


def test_whoever_answers_has_seen_it_and_is_not_said_to_have_not(office, row):
    one = instruct(office, row)
    leader, head = sign_in(office.leader), office.head_of(row)
    page(sign_in(head), f"/nhiem-vu/{row.pk}/")
    one.refresh_from_db()
    assert one.seen_at is None, "reading a page writes nothing"
    shown = page(leader, f"/nhiem-vu/{row.pk}/")
    assert "chưa gửi thông báo" in shown
    assert "chưa xem" not in shown
    tracking.answer_urging(row, by=head, reply="Đang làm")
    one.refresh_from_db()
    assert one.seen_at == one.replied_at
    shown = page(leader, f"/nhiem-vu/{row.pk}/")
    assert "đơn vị xem lúc" in shown
    assert "chưa mở thông báo" not in shown
    assert "chưa gửi thông báo" not in shown


def test_when_it_was_seen_first_stays_when_it_is_answered(office, row):
    one = instruct(office, row)
    with ago(1):
        tracking.see_urgings([one])
    tracking.answer_urging(row, by=office.head_of(row), reply="Đang làm")
    one.refresh_from_db()
    assert one.seen_at < one.replied_at


def test_the_answer_page_shows_all_it_answers_and_nothing_else(office, row):
    with ago(3):
        urge(office, row)
        tracking.answer_urging(row, by=office.head_of(row), reply="Đã rõ")
        tracking.urge(row, by=office.monitor, text="Lần hai", reply_by=clock.today())
    instruct(office, row), ask(office, row)
    client, address = sign_in(office.head_of(row)), reverse("assignment-answer-urging", args=[row.pk])
    shown = page(client, address)
    places = [shown.index(words) for words in ("Lần hai", "Vì sao chậm?", "giao ban")]
    assert places == sorted(places), "what must be answered first stands first"
    assert "Lần 0" not in shown
    assert all(name in shown for name in (office.monitor.display_name, office.leader.display_name))
    assert 'class="over-t">trả lời trước ngày' in shown
    assert "Đang chờ trả lời" not in page(client, reverse("assignment-progress", args=[row.pk]))


def test_the_units_day_says_that_an_answer_is_owed_and_leads_to_it(office, row):
    quiet = assignments_of(office.issue(tasks=1, to=office.rooms[:1]))[0]
    head = office.head_of(row)
    assert "chờ đơn vị trả lời" not in page(sign_in(head), "/")
    urge(office, row), ask(office, row)
    shown = page(sign_in(head), "/")
    assert "1 phần việc có đôn đốc, chỉ đạo chờ đơn vị trả lời" in shown
    assert "/nhiem-vu/?tinh-trang=cho-tra-loi" in shown
    found = page(sign_in(head), "/nhiem-vu/?tinh-trang=cho-tra-loi")
    assert f'id="nv{row.pk}"' in found
    assert f'id="nv{quiet.pk}"' not in found
    assert "Xem riêng:" not in found, "a heading counts no more than what is shown under it"
    with clock.travel(clock.now() + timedelta(days=1)):
        assert "1 đã quá ngày phải trả lời." in page(sign_in(head), "/")
    assert "chờ đơn vị trả lời" not in page(sign_in(office.heads[office.rooms[1]]), "/")
    tracking.answer_urging(row, by=head, reply="Đang làm")
    assert "chờ đơn vị trả lời" not in page(sign_in(head), "/")
    assert f'id="nv{row.pk}"' not in page(sign_in(head), "/nhiem-vu/?tinh-trang=cho-tra-loi")


def test_a_late_row_says_what_its_leader_has_asked_already(office, row):
    address, client = "/thong-ke/phan-viec/?chi-tieu=qua-han", sign_in(office.leader)
    urge(office, row)
    assert "chưa trả lời" not in page(client, address), "what the Office urged is not the leader's question"
    ask(office, row)
    day = short_day(clock.today())
    assert f"đã yêu cầu giải trình {day}, chưa trả lời" in page(client, address)
    assert "đã yêu cầu giải trình" not in page(sign_in(office.monitor), address)
    with clock.travel(clock.now() + timedelta(minutes=1)):
        instruct(office, row)
    assert f"đã chỉ đạo {day}, chưa trả lời" in page(client, address)
    tracking.answer_urging(row, by=office.head_of(row), reply="Đang làm")
    assert "chưa trả lời" not in page(client, address)


# --- What stands before the leader -------------------------------------------------------------


def test_the_leader_sees_what_no_unit_has_answered(office, row):
    first = page(sign_in(office.leader), "/")
    assert "chưa được trả lời" not in first
    instruct(office, row), ask(office, row)
    client = sign_in(office.leader)
    assert "2 chỉ đạo, yêu cầu giải trình chưa được trả lời" in page(client, "/")
    shown = page(client, "/cho-xu-ly/chi-dao/")
    assert shown.count("chưa gửi thông báo") == 2
    assert page(client, "/cho-xu-ly/chi-dao/?loai=instruct").count("chưa gửi thông báo") == 1
    with clock.travel(clock.now() + timedelta(days=10)):
        assert "1 đã quá ngày phải trả lời." in page(sign_in(office.leader), "/")
    tracking.answer_urging(row, by=office.head_of(row), reply="Đang làm")
    assert "chưa được trả lời" not in page(client, "/")


def test_strangers_read_nothing_that_was_said(office, row):
    instruct(office, row)
    for person in (office.head_of(row), Office(rooms=1).leader):
        assert "giao ban" not in page(sign_in(person), "/cho-xu-ly/chi-dao/")


def test_what_was_urged_too_often_without_a_report_stands_on_the_first_page(office, row, settings):
    urge(office, row, times=3)
    instruct(office, row), ask(office, row)
    assert compliance.urged_in_vain(office.leader, limit=5) == []
    urge(office, row)
    shown = page(sign_in(office.leader), "/")
    assert "Cần can thiệp hôm nay" in shown
    assert "đã đôn đốc 4 lần" in shown
    assert reverse("assignment-instruct", args=[row.pk]) in shown
    assert "Cần can thiệp" not in page(sign_in(office.monitor), "/")
    settings.URGINGS_IN_VAIN = 5
    assert compliance.urged_in_vain(office.leader, limit=5) == []


def test_a_report_begins_the_count_anew(office, row):
    urge(office, row, times=5)
    with clock.travel(clock.now() + timedelta(minutes=5)):
        tracking.send_back(office.report(row), by=office.monitor, reason="Thiếu")
        assert compliance.urged_in_vain(office.leader, limit=5) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same(office, count, django_assert_num_queries):
    for row in assignments_of(office.issue(tasks=count, to=office.rooms[:1])):
        instruct(office, row)
    client = sign_in(office.leader)
    with django_assert_num_queries(4):
        client.get("/cho-xu-ly/chi-dao/")


# --- Told at once ------------------------------------------------------------------------------


def test_the_unit_is_told_at_once_each_thing_by_its_name():
    desk = Desk(rooms=1)
    (work,) = assignments_of(desk.due(20))
    with on(WEDNESDAY, 14):
        instruct(desk, work), ask(desk, work), desk.urge(work)
    run(WEDNESDAY, 14, 15)
    run(WEDNESDAY, 14, 30)
    assert told(desk.head) == told(desk.deputy) == ["instructed", "explain", "urged"]
    quoted = page(sign_in(desk.head), "/thong-bao/")
    assert "Báo cáo trực tiếp tại giao ban" in quoted
    assert "Vì sao chậm?" in quoted
    notice = Notice.objects.get(person=desk.head, kind=NoticeKind.INSTRUCTED)
    send(sign_in(desk.head), reverse("notice-open", args=[notice.pk]))
    assert not Urging.objects.filter(seen_at=None).exists()


def test_who_has_reported_is_still_told_of_an_instruction_and_not_hurried_on():
    desk = Desk(rooms=1)
    (work,) = assignments_of(desk.due(20))
    with on(WEDNESDAY, 9):
        desk.urge(work)
        desk.report(work)
        instruct(desk, work)
    run(WEDNESDAY, 14)
    assert told(desk.head) == ["instructed"]
