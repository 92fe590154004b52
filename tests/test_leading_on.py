"""Where the figures lead: to what they count, of that duty and that day."""

import re
from datetime import timedelta
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urlencode

import pytest

from directives.enums import Duty
from directives.models import Assignment, Sector
from tests.factories import Office, assignments_of
from tests.figures_world import get, html
from tests.screens import ago
from units import clock
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
        f"bao-cao-trong={month}",
        f"chuoi={row.directive_id}",
        f"chuoi={row.directive_id}&giao-tiep=1&chua-gan=1",
        f"van-ban={row.directive_id}&nhiem-vu={row.task_id}",
        f"thuoc-nhom={group.pk}&ngoai=linh-vuc&ngoai=nhom-don-vi",
        "ngay=khong-phai-ngay&han-trong=khong-phai-thang",
    ):
        before = get(office.leader, address + link)
        after = get(office.leader, address + urlencode(Filters(html(before)).sent))
        assert after.context["scope"].chosen == before.context["scope"].chosen, link
        assert (len(before.context["scope"].chosen) > 1) == ("khong-phai" not in link), link
