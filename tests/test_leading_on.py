"""Where the figures lead: to what they count, of that duty and that day."""

import re
from datetime import timedelta
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urlencode

import pytest

from directives import tracking
from directives.enums import Duty
from directives.models import Assignment, Meeting, Sector
from tests.factories import Office, assignments_of, give_role, make_user
from tests.figures_world import get, html
from tests.screens import ago, send, sign_in
from units import clock
from units.enums import Role
from units.models import UnitGroup

pytestmark = pytest.mark.django_db
PAGE = "/thong-ke/can-quyet/"


@pytest.fixture
def office():
    return Office(rooms=3)


@pytest.fixture
def late(office):
    """Two pieces of work that were late ten days ago; one was reported since."""
    with ago(40):
        rows = assignments_of(office.issue(tasks=1, due_in=10))
    office.accept(rows[0])
    return rows


def past(days):
    return f"{clock.today() - timedelta(days=days):%Y-%m-%d}"


@pytest.mark.parametrize("asked", [{}, {"ngay": 10}, {"den": 10}])
def test_what_was_late_is_listed_as_it_was_counted(office, late, asked):
    query = {name: past(days) for name, days in asked.items()}
    shown = get(office.leader, "/thong-ke/", **query)
    way = re.search(r'href="([^"]+)">Xem từng việc', html(shown))[1]
    rows = get(office.leader, unescape(way)).context["found"]
    assert len(rows) == shown.context["tally"].overdue == (3 if asked else 2)
    assert ("Việc quá hạn hôm nay cần quyết" in html(shown)) == bool(asked)


def test_nobody_is_asked_to_explain_on_a_past_day(office, late):
    address = "/thong-ke/phan-viec/?chi-tieu=qua-han"
    ask = f"/nhiem-vu/{late[1].pk}/giai-trinh/"
    assert ask in html(get(office.leader, address))
    before = html(get(office.leader, address, ngay=past(10)))
    assert late[1].unit_name in before
    assert ask not in before


def test_where_no_document_has_unfinished_work_the_dashboard_says_so(office):
    with ago(40):
        for row in assignments_of(office.issue(tasks=1, due_in=10)):
            office.accept(row)
    shown = html(get(office.leader, "/thong-ke/"))
    assert "Không còn văn bản nào có việc chưa xong." in shown


def test_from_the_figures_one_comes_to_the_late_work_that_they_count(office):
    """Of the same unit and duty, whatever the period: what is late is late today."""
    with ago(40):
        office.issue(tasks=2, due_in=10), office.issue(tasks=1, to=office.rooms[:1], due_in=10)
    every = get(office.leader, "/thong-ke/?ky=2020")
    assert 'href="/thong-ke/can-quyet/?vai-tro=lead"' in html(every)
    upper = office.rooms[0]
    for address in (f"/thong-ke/don-vi/{upper.pk}/", f"/thong-ke/?don-vi={upper.pk}"):
        answer = get(office.leader, address)
        way = re.search(r'href="([^"]+)">Xem từng việc', html(answer))
        rows = get(office.leader, unescape(way[1])).context["found"]
        assert {row.unit_id for row in rows} == {upper.pk}
        assert len(rows) == answer.context["tally"].overdue == 3
        assert "đều thuộc" not in html(answer)


def test_the_page_counts_and_lists_the_duty_that_it_names(office):
    with ago(40):
        lead, supporting, other = assignments_of(office.issue(tasks=1, due_in=10))
    Assignment.objects.filter(pk__in=[supporting.pk, other.pk]).update(duty=Duty.SUPPORT)
    for duty, rows in (
        ("lead", {lead}),
        ("support", {supporting, other}),
        ("tat-ca", {lead, supporting, other}),
    ):
        told = get(
            office.leader, PAGE, **{"vai-tro": duty, "so-voi": clock.today() - timedelta(days=35)}
        ).context
        assert set(told["found"]) == rows
        assert (told["asked"].total, told["change"].new) == (len(rows), len(rows))


class Filters(HTMLParser):
    """What a browser would send of the filters as they stand."""

    def __init__(self, page):
        super().__init__()
        self.sent, self._open, self._select = [], False, ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag == "form":
            self._open = "filters" in said.get("class", "")
        elif self._open and tag == "input":
            self.sent.append((said["name"], said.get("value") or ""))
        elif self._open and tag == "select":
            self._select = said["name"]
        elif self._open and tag == "option" and "selected" in said:
            self.sent.append((self._select, said["value"]))


@pytest.mark.parametrize(
    ("address", "others"),
    [
        ("/thong-ke/?loc=1&", []),
        ("/thong-ke/bieu/?", []),
        (PAGE + "?", ["vai-tro=support&linh-vuc={sector}", "cho=toi", "thay-doi=het&so-voi=2026-01-05"]),
    ],
)
def test_who_presses_the_button_of_the_filters_keeps_what_a_link_narrowed(office, late, address, others):
    row, month = late[0], f"{clock.today():%Y-M%m}"
    group = UnitGroup.objects.create(name="Khối văn phòng", owner=office.unit, children_of=office.unit)
    sector = Sector.objects.create(name="Nội vụ")
    for link in (
        *(one.format(sector=sector.pk) for one in others),
        f"don-vi={row.unit_id}&rieng=1",
        f"han-trong={month}",
        f"bao-cao-trong={month}&vai-tro=support",
        f"chuoi={row.directive_id}",
        f"chuoi={row.directive_id}&giao-tiep=1&chua-gan=1",
        f"van-ban={row.directive_id}&nhiem-vu={row.task_id}",
        f"thuoc-nhom={group.pk}&ngoai=linh-vuc&ngoai=nhom-don-vi",
        "ngay=khong-phai-ngay&han-trong=khong-phai-thang",
    ):
        before = get(office.leader, address + link)
        after = get(office.leader, address + urlencode(Filters(html(before)).sent))
        assert after.context["scope"].chosen == before.context["scope"].chosen, link
        told = before.context["scope"].chosen.keys() - ({"duty"} if "vai-tro" not in link else set())
        assert bool(told) == ("khong-phai" not in link), link


# --- Late work that waits for decisions ----------------------------------------------------------


def test_of_one_month_the_late_work_is_of_that_month(office, late):
    with ago(80):
        office.issue(tasks=1, due_in=10)
    month = f"{clock.today() - timedelta(days=30):%Y-M%m}"
    shown = get(office.leader, "/thong-ke/", **{"han-trong": month})
    address = re.search(r'href="([^"]+)">Việc quá hạn cần quyết', html(shown))[1]
    answer = get(office.leader, unescape(address))
    assert (
        len(answer.context["found"]) == answer.context["asked"].total == shown.context["tally"].overdue == 2
    )
    assert "hạn trong Tháng" in answer.context["told"]


def test_only_who_gave_some_of_it_is_led_to_urge_it(office, late):
    auditor = make_user(Role.AUDITOR, office.unit)
    for person, buttons in ((office.monitor, (True, True)), (auditor, (False, False))):
        page = html(get(person, PAGE))
        assert "2 phần việc đang quá hạn" in page
        assert ("Đôn đốc nhiều đơn vị" in page, "Ghi nhận buổi họp hôm nay" in page) == buttons
    answer = send(sign_in(auditor), "/thong-ke/can-quyet/da-hop/")
    assert (answer.status_code, Meeting.objects.count()) == (403, 0)


def test_what_leaders_said_is_listed_as_it_is_counted(office, late):
    told = {"text": "Làm ngay", "reply_by": clock.today()}
    tracking.instruct(late[1], by=office.leader, **told)
    tracking.urge(late[2], by=office.monitor, **told)
    for page in (PAGE, "/"):
        links = re.findall(r'href="(/cho-xu-ly/chi-dao/[^"]*)"', html(get(office.leader, page)))
        listed = {len(get(office.leader, unescape(link)).context["said"]) for link in links if "loai" in link}
        assert listed == {1}, page
    assert "hôm nay" in html(get(office.leader, PAGE))
    assert len(get(office.leader, "/cho-xu-ly/chi-dao/").context["said"]) == 2


def test_what_one_office_was_told_is_listed_as_its_leader_counts_it(office, late):
    """Who also monitors another office finds that one's words elsewhere."""
    other = Office(rooms=1)
    give_role(office.leader, Role.MONITOR, other.unit)
    with ago(40):
        (row,) = assignments_of(other.issue(tasks=1, to=other.rooms[:1], due_in=10))
    for work, leader in ((late[1], office.leader), (row, other.leader)):
        tracking.instruct(work, by=leader, text="Làm ngay", reply_by=clock.today())
    link = re.search(r'href="(/cho-xu-ly/chi-dao/[^"]*)"', html(get(office.leader, "/")))[1]
    assert len(get(office.leader, unescape(link)).context["said"]) == 1
    assert len(get(office.leader, "/cho-xu-ly/chi-dao/?loai=cua-lanh-dao").context["said"]) == 2


def test_reports_that_are_kept_waiting_lead_to_the_queue_however_many_there_are(office):
    """Also where the first shown are another's to decide: those of the person's own room."""
    with ago(40):
        own = assignments_of(office.issue(tasks=9, due_in=10, to=[office.room]))
        others = assignments_of(office.issue(tasks=1, due_in=10, to=office.rooms[1:]))
    for rows, days in ((own, 9), (others, 5)):
        for row in rows:
            with ago(days):
                office.report(row)
    page = html(get(office.monitor, PAGE))
    assert "11 báo cáo đã quá thời hạn, chờ xác nhận quá một ngày làm việc" in page
    assert "còn 3 báo cáo nữa" in page
    assert "Mở hàng chờ" in page
    with ago(0):
        for row in others:
            tracking.accept(row, by=office.monitor)
    assert "Mở hàng chờ" not in html(get(office.monitor, PAGE))


def test_a_period_and_other_days_are_not_silently_one_of_the_two(office, late):
    for address in ("/thong-ke/", "/thong-ke/bieu/"):
        answer = get(office.leader, address, **{"ky": "2026-M11", "tu": "1/6/2026", "den": "30/6/2026"})
        assert "Vừa chọn kỳ vừa ghi khoảng ngày khác" in html(answer), address
        assert not answer.context["scope"].chosen.keys() & {"period", "first", "last"}
        turned = get(office.leader, address, **{"ky": "2026-M06", "tu": "30/6/2026"})
        assert "Vừa chọn kỳ" in html(turned)
        same = get(office.leader, address, **{"ky": "2026-M06", "tu": "1/6/2026", "den": "30/6/2026"})
        assert same.context["scope"].chosen["period"] == "2026-M06"


def test_what_is_accepted_waits_for_no_answer_and_who_accepts_is_told(office, late):
    tracking.ask_explanation(late[1], by=office.leader, text="Vì sao chậm?", reply_by=clock.today())
    own = f"/nhiem-vu/{late[1].pk}/"
    assert "chưa trả lời" in html(get(office.leader, own))
    pause = {"reason": "Chờ", "review_on": clock.today() + timedelta(days=9)}
    tracking.pause(late[1], by=office.monitor, **pause)
    page = html(get(office.leader, own))
    assert ("tạm dừng, chưa phải trả lời" in page, "không còn phải trả lời" in page) == (True, False)
    tracking.resume(late[1], by=office.monitor)
    office.report(late[1])
    assert "Còn 1 đôn đốc, chỉ đạo chưa được trả lời" in html(get(office.monitor, own))
    queue = html(get(office.monitor, "/cho-xu-ly/"))
    assert "Còn 1 đôn đốc, chỉ đạo chưa được trả lời. Xác nhận hoàn thành thì" in queue
    tracking.accept(late[1], by=office.monitor)
    page = html(get(office.leader, own))
    assert ("không còn phải trả lời" in page, "chưa trả lời" in page) == (True, False)
