"""The Office's queue and its decisions: oldest first, the outcome said on the button, nothing typed lost."""

import re

import pytest
from django.urls import reverse

from directives import distribution, recipients, rollup, tracking
from directives.enums import AssignmentState, ReportOutcome
from directives.models import Assignment, Report
from directives.templatetags.wording import moment
from units import clock, once
from units.enums import Role
from units.models import Event

from .factories import Office, assignments_of, give_role, make_user
from .screens import act, ago, issue_earlier, page

pytestmark = pytest.mark.django_db

QUEUE = "/cho-xu-ly/"


@pytest.fixture
def office():
    return Office(rooms=2)


@pytest.fixture
def waiting(office):
    """Three reports, the oldest first; the first came late."""
    late = assignments_of(issue_earlier(office, 40, tasks=1, due_in=10))[0]
    rows = [late, *assignments_of(office.issue(tasks=1))]
    for days, row in zip([9, 2, 0], rows, strict=True):
        with ago(days):
            office.report(row, text=f"Kết quả {days}")
    return rows


def test_the_queue_shows_the_oldest_first_and_decides_with_words(client, office, waiting):
    client.force_login(office.monitor)
    text = page(client, QUEUE)
    places = [text.index(f"chon={row.pk}#") for row in waiting]
    assert places == sorted(places)
    assert "Kết quả 9" in text
    assert "Xác nhận: xong, trễ 21 ngày" in text
    assert "Xác nhận: xong trước hạn" in page(client, f"{QUEUE}?chon={waiting[1].pk}")


def test_who_is_asked_for_a_reason_still_sees_the_report_and_where_they_are(client, office, waiting):
    client.force_login(office.monitor)
    asked = act(client, waiting[0], "send-back", next=QUEUE)
    assert asked.status_code == 422
    for text in (asked.text, page(client, reverse("assignment-send-back", args=[waiting[0].pk]))):
        assert "Kết quả 9" in text
        assert "12/BC-P" in text
        assert re.search(r'href="/cho-xu-ly/"[^>]*aria-current="page"', text)
        assert not re.search(r'href="/nhiem-vu/"[^>]*aria-current="page"', text)


def test_a_reason_keeps_its_lines_on_the_card_of_the_unit(client, office, waiting):
    tracking.send_back(waiting[0], by=office.monitor, reason="Thiếu biên bản\nThiếu số liệu")
    client.force_login(office.head_of(waiting[0]))
    for address in ("/nhiem-vu/", reverse("assignment-detail", args=[waiting[0].pk])):
        assert "Thiếu biên bản<br>Thiếu số liệu" in page(client, address)


def test_after_a_decision_the_next_report_opens(client, office, waiting):
    client.force_login(office.monitor)
    text = page(client, QUEUE)
    following = text.split('name="next" value="')[-1].split('"')[0].replace("&amp;", "&")
    assert following == f"{QUEUE}?chon={waiting[1].pk}"
    assert act(client, waiting[0], "accept", next=following)["Location"] == following
    text = page(client, following)
    assert "Kết quả 2" in text
    assert f"chon={waiting[0].pk}#" not in text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_queue_costs_the_same_for_one_and_three(client, office, rows, django_assert_num_queries):
    for row in assignments_of(issue_earlier(office, 5, tasks=rows, to=[office.rooms[0]])):
        with ago(3):
            office.report(row)
    client.force_login(office.monitor)
    client.get(QUEUE)
    with django_assert_num_queries(7):
        client.get(QUEUE)


def test_the_queue_holds_only_what_the_person_may_decide(client, office):
    own = assignments_of(office.issue(tasks=1, to=[office.room]))[0]
    office.report(own)
    for person, sees in [(office.monitor, False), (office.leader, True), (Office(rooms=1).monitor, False)]:
        client.force_login(person)
        assert (f"chon={own.pk}#" in page(client, QUEUE)) == sees
    client.force_login(office.monitor)
    assert "Không có báo cáo nào chờ xác nhận" in page(client, f"{QUEUE}?chon={own.pk}")


def test_a_return_needs_a_reason_at_the_field(client, office, waiting):
    client.force_login(office.monitor)
    answer = act(client, waiting[0], "send-back", next=QUEUE)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Hãy ghi rõ lý do." in text
    assert f'name="next" value="{QUEUE}"' in text
    assert act(client, waiting[0], "send-back", reason="Thiếu danh sách", next=QUEUE)["Location"] == QUEUE
    waiting[0].refresh_from_db()
    assert waiting[0].is_returned
    assert Report.objects.get(assignment=waiting[0]).reason == "Thiếu danh sách"


@pytest.mark.parametrize("verb", ["send-back", "reopen", "cancel"])
def test_a_verb_with_a_reason_has_a_page(client, office, waiting, verb):
    if verb == "reopen":
        tracking.accept(waiting[0], by=office.monitor)
    client.force_login(office.monitor)
    assert "Lý do" in page(client, reverse(f"assignment-{verb}", args=[waiting[0].pk]))
    assert act(client, waiting[0], verb, reason="Có lý do").status_code == 303
    client.force_login(office.head_of(waiting[0]))
    assert client.get(reverse(f"assignment-{verb}", args=[waiting[0].pk])).status_code in {403, 409}


def test_what_somebody_else_decided_is_told_and_nothing_typed_is_lost(client, office, waiting):
    tracking.accept(waiting[0], by=office.monitor)
    client.force_login(office.monitor)
    answer = act(client, waiting[0], "send-back", reason="Cần bổ sung danh sách người dự")
    assert answer.status_code == 409
    assert "Cần bổ sung danh sách người dự" in answer.content.decode()


def test_a_monitor_who_sits_in_the_unit_is_refused(client, office, waiting):
    monitor = give_role(make_user(Role.MONITOR, office.unit), Role.STAFF, waiting[0].unit).user
    client.force_login(monitor)
    assert act(client, waiting[0], "accept").status_code == 403


def test_nothing_is_written_by_looking(client, office, waiting):
    client.force_login(office.monitor)
    for verb in ["acknowledge", "withdraw", "accept"]:
        assert client.get(reverse(f"assignment-{verb}", args=[waiting[0].pk])).status_code == 405


@pytest.mark.parametrize(
    ("decide", "told", "why"),
    [(tracking.accept, "chuyển sang “Hoàn thành”", {}), (tracking.send_back, "trả lại", {"reason": "Thiếu"})],
)
def test_who_decides_after_a_colleague_is_told_who_was_faster_and_when(
    client, office, waiting, decide, told, why
):
    colleague = make_user(Role.MONITOR, office.unit, full_name="Lê Thị Nhanh")
    decide(Assignment.objects.get(pk=waiting[0].pk), by=colleague, **why)
    client.force_login(office.monitor)
    answer = act(client, waiting[0], "accept")
    assert answer.status_code == 409
    at = Event.objects.filter(object_id=waiting[0].pk, object_type="assignment").latest("pk").at
    said = f"Lê Thị Nhanh đã {told} lúc {moment(at)}."
    assert said in answer.content.decode()


def test_returned_work_stays_returned_when_a_report_of_it_is_taken_back(office, waiting):
    """In the counters too; work that never came back, or was opened again since, is not."""
    returned, reopened, _never = waiting
    rollup.rebuild()
    for row in (returned, reopened):
        tracking.send_back(row, by=office.monitor, reason="Thiếu biên bản")
    office.accept(reopened)
    tracking.reopen(reopened, by=office.monitor, reason="Nhầm")
    for row in (returned, reopened):
        office.report(row)
    for row in waiting:
        tracking.withdraw(row, by=office.head_of(row))
    office.report(returned)
    tracking.withdraw(returned, by=office.head_of(returned))
    assert [Assignment.objects.get(pk=row.pk).is_returned for row in waiting] == [True, False, False]
    assert rollup.faults() == []


def test_work_given_anew_has_not_been_returned(office, waiting):
    row = waiting[0]
    with ago(2):
        tracking.send_back(row, by=office.monitor, reason="Thiếu biên bản")
        tracking.cancel(row, by=office.monitor, reason="Nhầm")
    share = distribution.Share(row.task, clock.today())
    basis = recipients.Basis(reason="Giao lại")
    recipients.add_recipient(row.directive, by=office.monitor, unit=row.unit, shares=[share], basis=basis)
    row = office.report(Assignment.objects.get(pk=row.pk))
    tracking.withdraw(row, by=office.head_of(row))
    assert not Assignment.objects.get(pk=row.pk).is_returned


@pytest.mark.parametrize("verb", ["accept", "send-back"])
def test_nobody_decides_on_a_report_they_did_not_see(client, office, waiting, verb):
    row = waiting[0]
    shown = row.reports.get().pk
    tracking.withdraw(row, by=office.head_of(row))
    office.report(row, text="Mới làm được một nửa")
    client.force_login(office.monitor)
    answer = client.post(
        reverse(f"assignment-{verb}", args=[row.pk]),
        {once.FIELD: once.new_key(), "reason": "Tốt", "report": shown},
    )
    assert answer.status_code == 409
    assert "gửi báo cáo khác" in answer.content.decode()
    row.refresh_from_db()
    assert row.state == AssignmentState.REPORTED
    pending = row.reports.get(outcome=ReportOutcome.PENDING)
    client.post(
        reverse("assignment-accept", args=[row.pk]), {once.FIELD: once.new_key(), "report": pending.pk}
    )
    row.refresh_from_db()
    assert row.state == AssignmentState.ACCEPTED


def test_every_button_that_decides_says_which_report_was_looked_at(client, office, waiting):
    client.force_login(office.monitor)
    pk = waiting[0].pk
    field = f'name="report" value="{waiting[0].reports.get().pk}"'
    addresses = [f"/cho-xu-ly/?chon={pk}", f"/nhiem-vu/{pk}/", f"/nhiem-vu/{pk}/tra-lai/"]
    assert [field in client.get(address).content.decode() for address in addresses] == [True] * 3


def test_a_report_dropped_with_its_work_was_not_withdrawn_by_the_unit(office, waiting):
    tracking.cancel(waiting[0], by=office.monitor, reason="Thôi")
    assert waiting[0].reports.get().outcome == ReportOutcome.DROPPED


# --- How well ----------------------------------------------------------------------------------


def test_how_well_it_was_done_is_said_and_shown(client, office, waiting):
    row = waiting[0]
    client.force_login(office.monitor)
    assert 'id="decide-quality"' in page(client, "/cho-xu-ly/")
    assert 'id="accept-quality"' in page(client, f"/nhiem-vu/{row.pk}/")
    assert act(client, row, "accept", quality="lessons").status_code == 303
    text = page(client, f"/nhiem-vu/{row.pk}/")
    assert "chất lượng: <b>Đạt, cần rút kinh nghiệm</b>" in text
    assert "Xác nhận hoàn thành, chất lượng: Đạt, cần rút kinh nghiệm" in text
    assert row.reports.get().quality == "lessons"


def test_it_may_be_left_out_and_is_one_of_the_list(client, office, waiting):
    client.force_login(office.monitor)
    act(client, waiting[0], "accept", quality="tuyệt")
    assert "Hãy chọn một mức đánh giá trong danh sách." in page(client, f"/nhiem-vu/{waiting[0].pk}/")
    assert waiting[0].reports.get().outcome == ReportOutcome.PENDING
    assert act(client, waiting[0], "accept").status_code == 303
    waiting[0].refresh_from_db()
    assert waiting[0].state == "accepted"
    assert "chất lượng" not in page(client, f"/nhiem-vu/{waiting[0].pk}/")
