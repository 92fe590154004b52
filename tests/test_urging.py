"""Hurrying on: a word that stays open until the unit answers it."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from directives import tracking
from directives.compliance.waiting import unanswered
from directives.errors import Incomplete, NotAllowed, WrongState
from directives.models import Urging
from units import clock
from units.models import Event

from .factories import Office, assignments_of
from .screens import issue_earlier, page, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office(rooms=1)


@pytest.fixture
def row(office):
    return assignments_of(office.issue(tasks=1, due_in=10))[0]


def urge(office, row, **fields):
    told = {"text": "Đề nghị báo cáo ngay", "reply_by": tracking.proposed_reply_day(), **fields}
    return tracking.urge(row, by=fields.pop("by", office.monitor), **told)


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2026, 11, 25), date(2026, 11, 27)),
        (date(2026, 11, 27), date(2026, 12, 1)),
        # Tết Đinh Mùi: offices are shut from 04/02 to 10/02/2027.
        (date(2027, 2, 3), date(2027, 2, 12)),
    ],
)
def test_two_working_days_are_proposed(today, day):
    with clock.travel(datetime.combine(today, time(9), ZoneInfo("Asia/Ho_Chi_Minh"))):
        assert tracking.proposed_reply_day() == day


def test_it_stays_open_until_one_answer_settles_all_of_them(office, row):
    urge(office, row)
    urge(office, row, text="Lần hai")
    assert Urging.objects.filter(replied_at=None).count() == 2
    tracking.answer_urging(row, by=office.head_of(row), reply="Sẽ xong thứ Sáu")
    assert set(Urging.objects.values_list("reply", flat=True)) == {"Sẽ xong thứ Sáu"}
    with pytest.raises(WrongState):
        tracking.answer_urging(row, by=office.head_of(row), reply="Lần nữa")
    assert Event.objects.filter(verb="urge").count() == 2
    assert Event.objects.filter(verb="answer_urging").count() == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"text": " "}, "text"), ({"reply_by": None}, "reply_by"), ({"reply_by": date(2020, 1, 1)}, "reply_by")],
)
def test_what_is_missing_is_said_at_its_field(office, row, fields, field):
    with pytest.raises(Incomplete) as refusal:
        urge(office, row, **fields)
    assert list(refusal.value.fields) == [field]


def test_only_whoever_gave_the_work(office, row):
    for person in (office.clerk, office.head_of(row)):
        with pytest.raises(NotAllowed):
            tracking.urge(row, by=person, text="x", reply_by=clock.today())


def test_seen_is_noted_the_first_time(office, row):
    one = urge(office, row)
    assert tracking.see_urgings([one]) == 1
    assert tracking.see_urgings([one]) == 0


def test_what_is_done_is_not_hurried_on(office, row):
    office.accept(row)
    with pytest.raises(WrongState):
        urge(office, row)


def test_more_time_ends_what_hurried_the_unit_on_and_nothing_else(office):
    """It had said that the work is late, which it is not any more; what the leader asked and told stays open."""
    row = assignments_of(issue_earlier(office, 40, tasks=1, due_in=10))[0]
    tomorrow = clock.today() + timedelta(days=1)
    urge(office, row), urge(office, row, text="Lần hai")
    tracking.ask_explanation(row, by=office.leader, text="Vì sao chậm?", reply_by=tomorrow)
    tracking.instruct(row, by=office.leader, text="Làm ngay")
    tracking.extend(row, by=office.leader, due_on=tomorrow, reason="Mưa lũ")
    still = Urging.objects.filter(replied_at=None).values_list("kind", flat=True)
    assert set(still) == {"explain", "instruct"}
    shown = page(sign_in(office.head_of(row)), f"/nhiem-vu/{row.pk}/")
    assert shown.count("Không còn phải trả lời: thời hạn đã được gia hạn.") == 2
    assert len(unanswered(office.monitor)) == 2
    tracking.answer_urging(row, by=office.head_of(row), reply="Do mưa lũ")
    assert sorted(Urging.objects.values_list("kind", "reply")) == [
        ("explain", "Do mưa lũ"),
        ("instruct", "Do mưa lũ"),
        ("urge", ""),
        ("urge", ""),
    ]


def test_a_refused_extension_and_a_report_leave_it_open(office):
    row = assignments_of(issue_earlier(office, 40, tasks=1, due_in=10))[0]
    urge(office, row)
    later = clock.today() + timedelta(days=5)
    tracking.request_extension(row, by=office.head_of(row), due_on=later, reason="Chờ số liệu")
    tracking.refuse_extension(row, by=office.leader, reason="Việc gấp")
    office.report(row)
    assert Urging.objects.get().replied_at is None
