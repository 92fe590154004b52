"""What a page of figures says it is of is what its numbers are of: the duty, the days."""

import re
from datetime import timedelta
from html import unescape

import pytest

from directives import issuing
from directives.enums import Duty
from directives.models import TaskUnit
from tests.factories import Office, assignments_of
from tests.figures_world import NUMBER, get, html
from units import clock

pytestmark = [pytest.mark.django_db, pytest.mark.walk]

RATE = "nhiệm vụ đến hạn được hoàn thành đúng hạn"


@pytest.fixture
def shared():
    """Six tasks, each led by one room and supported by another: all are done by the lead alone."""
    office = Office(rooms=2)
    with clock.travel(clock.now() - timedelta(days=20)):
        draft = office.draft(tasks=6, due_in=10, to=[])
        for task in draft.tasks.all():
            TaskUnit.objects.create(task=task, unit=office.rooms[0], duty=Duty.LEAD)
            TaskUnit.objects.create(task=task, unit=office.rooms[1], duty=Duty.SUPPORT)
        issuing.submit(draft, by=office.clerk)
        issuing.sign(draft, by=office.leader)
        issuing.issue(draft, by=office.clerk)
        for row in assignments_of(draft):
            if row.duty == Duty.LEAD:
                office.accept(row)
    return office


def said(answer):
    return " ".join(re.sub("<[^>]+>", " ", html(answer)).split())


def test_support_alone_has_no_rate_of_lead_work(shared):
    """Neither in the sentence nor in the box, the chart, its table, the formula, the units' rows."""
    answer = get(shared.leader, "/thong-ke/", **{"vai-tro": "support"})
    shown = said(answer)
    assert "Tỷ lệ đúng hạn chỉ tính nhiệm vụ chủ trì." in shown
    assert "Tỷ lệ đúng hạn – chỉ tính nhiệm vụ chủ trì" in shown
    assert "100 %" not in shown
    assert "100,0 %" not in shown
    for absent in (
        "được hoàn thành đúng hạn",
        "theo tháng đến hạn",
        "Xong đúng hạn",
        "chia cho số đã đến hạn",
    ):
        assert absent not in shown, absent
    assert "việc chủ trì đến hạn, không xếp hạng" not in shown
    assert "6 nhiệm vụ quá hạn chưa xong" in shown
    assert [one.rates.count(None) for one in answer.context["units"]] == [6]


def test_of_both_duties_the_rate_names_the_one_it_is_of(shared):
    shown = said(get(shared.leader, "/thong-ke/", **{"vai-tro": "tat-ca"}))
    assert "nhiệm vụ chủ trì đến hạn được hoàn thành đúng hạn" in shown
    assert RATE not in shown
    assert "Tỷ lệ đúng hạn theo tháng đến hạn nhiệm vụ chủ trì" in shown
    assert "Đã đến hạn, chủ trì" in shown
    lead = said(get(shared.leader, "/thong-ke/"))
    assert RATE in lead
    assert "Đã đến hạn, chủ trì" not in lead


@pytest.mark.parametrize("duty", ["lead", "support", "tat-ca"])
def test_every_number_of_a_duty_opens_exactly_its_rows(shared, duty):
    shown = html(get(shared.leader, "/thong-ke/", **{"vai-tro": duty}))
    numbers = NUMBER.findall(shown)
    assert len(numbers) > 10
    for url, number in dict(numbers).items():
        assert get(shared.leader, unescape(url)).context["count"] == int(number), url


@pytest.mark.parametrize("path", ["/thong-ke/", "/thong-ke/bieu/"])
@pytest.mark.parametrize(
    "days",
    [
        {"tu": 3, "den": 30},
        {"tu": 3, "den": "31/02/2024"},
        {"tu": "x", "den": 30},
        {"tu": 3, "den": 1, "ky": "2024-Q9"},
        {"tu": -3, "den": -1},
    ],
)
def test_of_a_refused_range_neither_bound_is_applied_and_neither_is_named(shared, path, days):
    """A number is that many days before today."""
    shared.issue(tasks=1)
    asked = {name: _written(value) for name, value in days.items()}
    refused, free = get(shared.leader, path, **asked), get(shared.leader, path)
    assert refused.context["scope"].form.errors
    assert refused.context["scope"].span == free.context["scope"].span
    assert refused.context["scope"].query == free.context["scope"].query
    for heading in ("Từ ngày ", "Nhận đến ngày", "từ ngày ", " đến ngày", "Từ 1", "Từ 2", "Từ 3"):
        assert heading not in _meta(refused), heading


def _written(value):
    return f"{clock.today() - timedelta(days=value):%d/%m/%Y}" if isinstance(value, int) else value


def _meta(answer):
    return re.search(r'<p class="meta">(.*?)</p>', html(answer), re.S)[1]
