"""The Office's queue costs the same with one of everything and with three."""

from datetime import date, timedelta

import pytest

from directives import tracking
from units import clock

from .factories import Office, assignments_of
from .recurring_world import Duties, on
from .screens import page, sign_in

pytestmark = pytest.mark.django_db
BUDGET = 6
PARTS = ["", "de-nghi/", "vuong-mac/", "qua-han/", "dinh-chinh/", "chi-dao/", "chua-co-nguoi/"]


def fill(office, count):
    """Reports, requests of both kinds, obstacles and late work, `count` of each."""
    for row in assignments_of(office.issue(tasks=count, to=office.rooms[:1])):
        office.report(row)
    for row in assignments_of(office.issue(tasks=count, to=office.rooms[:1])):
        head, day = office.head_of(row), row.due_on + timedelta(days=5)
        tracking.request_extension(row, by=head, due_on=day, reason="Chờ ý kiến")
        tracking.note_progress(row, by=head, obstacle="Chưa có kinh phí")
    for row in assignments_of(office.issue(tasks=count, to=office.rooms[:1])):
        tracking.decline(row, by=office.head_of(row), reason="Không thuộc chức năng")
    with clock.travel(clock.now() - timedelta(days=20)):
        office.issue(tasks=count, to=office.rooms[:1], due_in=5)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("who", ["monitor", "leader"])
def test_a_part_of_the_queue_costs_six_queries(part, count, who, django_assert_max_num_queries):
    office = Office(rooms=1)
    fill(office, count)
    client = sign_in(getattr(office, who))
    address = f"/cho-xu-ly/{part}"
    client.get(address)
    with django_assert_max_num_queries(BUDGET):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("part", PARTS)
def test_each_page_of_the_queue_says_how_much_waits_in_its_parts(part):
    office = Office(rooms=1)
    fill(office, 2)
    shown = page(sign_in(office.monitor), f"/cho-xu-ly/{part}")
    for name in ("Báo cáo", "Đề nghị", "Vướng mắc", "Quá hạn"):
        assert f'{name} <span class="count">2</span></a>' in shown


def test_what_waits_for_an_answer_names_its_period():
    duties = Duties()
    with on("2024-09-03"):
        row = duties.row(duties.first, "2024-Q3")
        tracking.urge(row, by=duties.office.monitor, text="Đề nghị báo cáo", reply_by=date(2024, 9, 6))
        shown = page(sign_in(duties.office.monitor), "/cho-xu-ly/chi-dao/")
    assert '<b class="nw">Quý III/2024</b>' in shown
    assert 'Chưa trả lời <span class="count">1</span>' in shown


def test_the_tabs_are_said_as_tabs_in_english():
    office = Office(rooms=1)
    type(office.monitor).objects.filter(pk=office.monitor.pk).update(language="en")
    shown = page(sign_in(office.monitor), "/cho-xu-ly/")
    assert ">Reports</a>" in shown
    assert ">Corrections</a>" in shown
