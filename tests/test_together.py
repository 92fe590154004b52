"""One decision on many: each row is asked anew, and what cannot be done is said row by row."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directives import tracking
from directives.enums import AssignmentState, ReportOutcome
from directives.errors import Stale
from directives.models import Assignment, Urging
from units import clock
from units.models import Event

from .factories import Office, assignments_of
from .screens import issue_earlier, page, send, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office(rooms=3)


@pytest.fixture
def waiting(office):
    return [office.report(row) for row in assignments_of(office.issue(tasks=1))]


def token(row):
    return f"{row.pk}-{row.reports.get(outcome=ReportOutcome.PENDING).pk}"


def states(rows):
    return list(
        Assignment.objects.filter(pk__in=[row.pk for row in rows])
        .order_by("pk")
        .values_list("state", flat=True)
    )


def test_the_reports_picked_are_accepted_and_no_other(office, waiting):
    client = sign_in(office.monitor)
    send(client, "/cho-xu-ly/xac-nhan/", chon=[token(row) for row in waiting[:2]])
    assert states(waiting) == [AssignmentState.ACCEPTED] * 2 + [AssignmentState.REPORTED]
    assert "Đã xác nhận 2 báo cáo." in page(client, "/cho-xu-ly/")


def test_what_changed_meanwhile_is_left_and_told(office, waiting):
    shown = [token(row) for row in waiting]
    tracking.withdraw(waiting[0], by=office.head_of(waiting[0]))
    office.report(waiting[0], text="Báo cáo khác")
    tracking.accept(Assignment.objects.get(pk=waiting[1].pk), by=office.monitor)
    client = sign_in(office.monitor)
    send(client, "/cho-xu-ly/xac-nhan/", chon=shown)
    assert states(waiting) == [AssignmentState.REPORTED, AssignmentState.ACCEPTED, AssignmentState.ACCEPTED]
    text = page(client, "/cho-xu-ly/")
    assert "Đã xác nhận 1 báo cáo." in text
    assert "gửi báo cáo khác" in text
    assert f"{waiting[1].unit_name}, nhiệm vụ 1:" in text
    assert Event.objects.filter(verb="accept").count() == 2


def test_returned_together_with_one_reason_or_not_at_all(office, waiting):
    client = sign_in(office.monitor)
    picked = [token(row) for row in waiting]
    send(client, "/cho-xu-ly/tra-lai/", chon=picked)
    assert states(waiting) == [AssignmentState.REPORTED] * 3
    send(client, "/cho-xu-ly/tra-lai/", chon=picked, reason="Thiếu danh sách")
    assert states(waiting) == [AssignmentState.IN_PROGRESS] * 3


def test_what_accepting_many_leaves_unanswered_is_said_before(office, waiting, django_assert_num_queries):
    """At the row and at the button, for no query more; without one nothing is said."""
    client = sign_in(office.monitor)
    before = CaptureQueriesContext(connection)
    with before:
        assert "chưa trả lời" not in page(client, "/cho-xu-ly/")
    for _ in range(2):
        tracking.ask_explanation(waiting[1], by=office.leader, text="Vì sao chậm?", reply_by=clock.today())
    tracking.urge(waiting[2], by=office.monitor, text="Nhanh", reply_by=clock.today())
    with django_assert_num_queries(len(before)):
        text = page(client, "/cho-xu-ly/")
    assert ["còn 2 đôn đốc" in text, "còn 1 đôn đốc" in text] == [True, True]
    assert "Có báo cáo ở danh sách trên còn đôn đốc, chỉ đạo chưa trả lời." in text


def chosen_quality(text):
    """What stands chosen in the form of the many."""
    field = text.split('id="together-quality"')[1].split("</select>")[0]
    return re.findall(r'value="([a-z_]*)" selected', field)


def test_where_nothing_was_done_all_that_was_chosen_stays(office, waiting):
    answer = send(sign_in(office.monitor), "/cho-xu-ly/xac-nhan/", reason="Làm tốt", quality="excellent")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Làm tốt"' in text
    assert chosen_quality(text) == ["excellent"]
    assert text.count(" selected") == 1, "the form of the one report has a choice of its own"


@pytest.mark.parametrize("left", [1, 2])
def test_what_was_said_stays_for_those_that_were_refused(office, waiting, left):
    """Once. Another report than the one that was picked is not picked: nobody has read it."""
    picked = [token(row) for row in waiting[: 1 + left]]
    for row in waiting[1 : 1 + left]:
        tracking.withdraw(row, by=office.head_of(row))
        office.report(row, text="Báo cáo khác")
    client = sign_in(office.monitor)
    send(client, "/cho-xu-ly/tra-lai/", chon=picked, reason="Thiếu biểu số 3", quality="lessons")
    text = page(client, "/cho-xu-ly/")
    assert "Đã trả lại 1 báo cáo." in text
    assert 'value="Thiếu biểu số 3"' in text
    assert chosen_quality(text) == ["lessons"]
    assert " checked" not in text
    assert "Thiếu biểu số 3" not in page(client, "/cho-xu-ly/")


def test_what_is_sent_next_comes_before_what_an_earlier_sending_left(office, waiting):
    picked, client = [token(row) for row in waiting[:2]], sign_in(office.monitor)
    tracking.withdraw(waiting[1], by=office.head_of(waiting[1]))
    send(client, "/cho-xu-ly/tra-lai/", chon=picked, reason="Thiếu biểu")
    answer = send(client, "/cho-xu-ly/tra-lai/", chon=picked[1:], reason="Sai số liệu")
    text = answer.content.decode()
    assert 'value="Sai số liệu"' in text
    assert "Thiếu biểu" not in text + page(client, "/cho-xu-ly/")


def test_those_that_were_refused_stay_picked(office, waiting, monkeypatch):
    picked = [token(row) for row in waiting[:2]]
    accept = tracking.accept

    def busy(row, **said):
        if row.pk == waiting[1].pk:
            raise Stale
        return accept(row, **said)

    monkeypatch.setattr(tracking, "accept", busy)
    client = sign_in(office.monitor)
    send(client, "/cho-xu-ly/xac-nhan/", chon=picked, reason="Làm tốt")
    text = page(client, "/cho-xu-ly/")
    assert re.findall(r'value="([0-9-]+)" checked', text) == picked[1:]
    assert 'value="Làm tốt"' in text


def test_nobody_decides_on_rows_that_are_not_theirs(office, waiting):
    stranger = Office(rooms=1)
    for person in (stranger.monitor, office.clerk, office.head_of(waiting[0])):
        send(sign_in(person), "/cho-xu-ly/xac-nhan/", chon=[token(row) for row in waiting])
    assert states(waiting) == [AssignmentState.REPORTED] * 3


@pytest.mark.parametrize("chon", [[], ["x"], ["99999999-1"], ["1-2-3", ""]])
def test_nothing_picked_and_nonsense_do_nothing(office, waiting, chon):
    answer = send(sign_in(office.monitor), "/cho-xu-ly/xac-nhan/", chon=chon, reason="Thiếu danh sách")
    assert answer.status_code == 422
    assert 'value="Thiếu danh sách"' in answer.content.decode(), "what was typed is still there"
    assert states(waiting) == [AssignmentState.REPORTED] * 3


# --- Urged together ----------------------------------------------------------------------------


def test_late_work_is_urged_together_with_words_of_its_own(office):
    late = assignments_of(issue_earlier(office, 40, tasks=2, due_in=10))
    client = sign_in(office.monitor)
    assert page(client, "/cho-xu-ly/qua-han/").count('name="chon"') == len(late)
    day = clock.printed_day(tracking.proposed_reply_day())
    send(client, "/cho-xu-ly/qua-han/", chon=[row.pk for row in late[:4]], reply_by=day)
    urged = list(Urging.objects.order_by("pk"))
    assert len(urged) == 4
    assert all("đã quá thời hạn" in one.text for one in urged)
    assert "1 lần" in page(client, "/cho-xu-ly/qua-han/")


@pytest.mark.parametrize("fields", [{"reply_by": "hôm nào"}, {"chon": []}])
def test_what_is_missing_is_said_and_what_was_picked_stays(office, fields):
    late = assignments_of(issue_earlier(office, 40, tasks=1, due_in=10))
    sent = {"chon": [late[0].pk], "text": "Báo cáo ngay", "reply_by": "", **fields}
    answer = send(sign_in(office.monitor), "/cho-xu-ly/qua-han/", **sent)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Báo cáo ngay" in text
    assert text.count(" checked") == len(sent["chon"])
    assert not Urging.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_cost_the_same(office, count, django_assert_num_queries):
    late = assignments_of(issue_earlier(office, 40, tasks=count, due_in=10))
    for row in late:
        tracking.urge(row, by=office.monitor, text="Nhanh", reply_by=clock.today())
        tracking.note_progress(row, by=office.head_of(row), obstacle="Thiếu người")
        Assignment.objects.get(pk=row.pk)
    client = sign_in(office.leader)
    for address, queries in [
        ("/cho-xu-ly/qua-han/", 5),
        ("/cho-xu-ly/de-nghi/", 4),
        ("/cho-xu-ly/vuong-mac/", 5),
    ]:
        with django_assert_num_queries(queries):
            client.get(address)


# --- What all of them miss is said once ----------------------------------------------------------


def test_a_return_without_a_reason_is_told_once_at_the_open_field(office, waiting):
    """Not as many times as there are reports; the panel is open and the summary leads to its field."""
    answer = send(sign_in(office.monitor), "/cho-xu-ly/tra-lai/", chon=[token(row) for row in waiting])
    text = answer.content.decode()
    assert answer.status_code == 422
    assert states(waiting) == [AssignmentState.REPORTED] * 3
    assert text.count("Hãy ghi rõ lý do.") == 2, "in the summary and at the field"
    assert '<a href="#together-reason">Ý kiến chung: Hãy ghi rõ lý do.</a>' in text
    assert '<details class="disc pad" open>' in text
    assert 'aria-describedby="together-reason_error"' in text
    assert text.count(" checked") == 3
    assert "<title>Lỗi:" in text


def test_a_past_reply_day_is_told_once_at_its_field(office):
    late = assignments_of(issue_earlier(office, 40, tasks=1, due_in=10))
    sent = {"chon": [row.pk for row in late], "text": "Báo cáo ngay", "reply_by": "01/01/2020"}
    answer = send(sign_in(office.monitor), "/cho-xu-ly/qua-han/", **sent)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert text.count("Hãy chọn ngày trả lời từ hôm nay trở đi.") == 2
    assert '<a href="#id_reply_by">Trả lời trước ngày: Hãy chọn ngày trả lời' in text
    assert text.count(" checked") == 3
    assert not Urging.objects.exists()


def test_a_past_deadline_for_many_is_told_once_at_its_field(office):
    rows = assignments_of(issue_earlier(office, 90, tasks=1, due_in=None))
    sent = {"chon": [row.pk for row in rows], "what": "deadline", "day": "01/01/2020", "reason": "Cần ngày"}
    answer = send(sign_in(office.monitor), "/cho-xu-ly/khong-co-thoi-han/", **sent)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert text.count('<a href="#id_day">') == 1
    assert f"{rows[0].unit_name}, nhiệm vụ 1:" not in text


def test_what_is_wrong_with_one_row_names_its_document(office, waiting):
    shown = [token(row) for row in waiting]
    tracking.accept(Assignment.objects.get(pk=waiting[1].pk), by=office.monitor)
    client = sign_in(office.monitor)
    send(client, "/cho-xu-ly/tra-lai/", chon=shown, reason="Thiếu danh sách")
    told = f"{waiting[1].directive.code}, {waiting[1].unit_name}, nhiệm vụ 1:"
    assert told in page(client, "/cho-xu-ly/")
