"""The detail list: each piece of work with what was said of it until then, and who else had part in it."""

from datetime import date, timedelta
from html import unescape

import pytest

from directives import compliance, recipients, tracking
from directives.compliance import Span
from directives.distribution import Share
from directives.enums import Duty
from directives.models import Assignment
from tests.factories import Office, assignments_of
from tests.figures_world import get, html
from tests.screens import ago
from tests.test_official import LIST, plain_rows
from units import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office(rooms=3)


@pytest.fixture
def shared(office):
    """One task of three rooms, which the second and the third support; given 40 days ago, to the third 20 days later."""
    with ago(40):
        lead, second, third = assignments_of(office.issue(tasks=1, due_in=90))
    Assignment.objects.filter(pk__in=[second.pk, third.pk]).update(duty=Duty.SUPPORT)
    later = clock.today() - timedelta(days=20)
    Assignment.objects.filter(pk=third.pk).update(issued_on=later, since_on=later)
    return lead, second, third


def line_of(user, row, query=""):
    """The line of the work, as the file has it."""
    lines = plain_rows(user, f"{LIST[:-1]}.csv?{query}")
    return next(dict(zip(lines[0], line, strict=True)) for line in lines[1:] if row.unit_name in line)


@pytest.mark.parametrize("narrowed", ["", "vai-tro=tat-ca", "don-vi={unit}", "don-vi={unit}&vai-tro=tat-ca"])
def test_who_supports_is_told_whatever_the_list_is_narrowed_to(office, shared, narrowed):
    lead, second, third = shared
    line = line_of(office.leader, lead, narrowed.format(unit=lead.unit_id))
    assert line["Đơn vị phối hợp"] == "; ".join(sorted([second.unit_name, third.unit_name]))
    assert line_of(office.head_of(lead), lead)["Đơn vị phối hợp"] == "", "what the reader does not see"


def test_who_was_let_off_or_came_later_did_not_support_then(office, shared):
    lead, second, third = shared
    with ago(10):
        tracking.cancel(second, by=office.monitor, reason="Không còn phù hợp")
    days = (30, 15, 0)
    asked = [f"ngay={clock.today() - timedelta(days=n):%Y-%m-%d}" for n in days]
    told = [line_of(office.leader, lead, query)["Đơn vị phối hợp"] for query in asked]
    both = "; ".join(sorted([second.unit_name, third.unit_name]))
    assert told == [second.unit_name, both, third.unit_name]


def test_what_was_taken_back_later_was_the_result_then(office):
    with ago(20):
        row, *_ = assignments_of(office.issue(tasks=1))
    with ago(10):
        office.report(row, text="Đã trình")
    with ago(3):
        tracking.withdraw(row, by=office.head_of(row))
    then = f"ngay={clock.today() - timedelta(days=5):%Y-%m-%d}"
    assert "Đã trình" in line_of(office.leader, row, then).values()
    assert "Đã trình" not in line_of(office.leader, row).values()


def test_a_report_dropped_with_the_work_is_told_until_the_work_is_given_anew(office):
    with ago(20):
        row, *_ = assignments_of(office.issue(tasks=1, due_in=60))
    with ago(10):
        office.report(row, text="Đã trình")
    with ago(8):
        tracking.cancel(row, by=office.monitor, reason="Không còn phù hợp")
    dropped = f"{LIST[:-1]}.csv?chi-tieu=thoi-giao"
    (line,) = [line for line in plain_rows(office.leader, dropped)[1:] if row.unit_name in line]
    assert "Đã trình" in line
    with ago(2):
        again = {"by": office.monitor, "unit": row.unit, "shares": [Share(row.task, row.due_on)]}
        recipients.add_recipient(row.directive, basis=recipients.Basis("Cần làm tiếp"), **again)
    assert "Đã trình" not in line_of(office.leader, row).values()
    then = f"&ngay={clock.today() - timedelta(days=5):%Y-%m-%d}"
    (line,) = [line for line in plain_rows(office.leader, dropped + then)[1:] if row.unit_name in line]
    assert "Đã trình" in line


def test_a_report_that_was_taken_back_is_no_result(office):
    row, *_ = assignments_of(office.issue(tasks=1))
    office.report(row, text="Đã trình")
    told = line_of(office.leader, row)
    assert "Đã trình" in told.values()
    tracking.withdraw(row, by=office.head_of(row))
    told = line_of(office.leader, row)
    assert not [value for value in told.values() if "Đã trình" in value or "12/BC-P" in value]
    office.report(row, text="Đã trình đủ")
    tracking.send_back(row, by=office.monitor, reason="Thiếu số liệu")
    assert "Đã trình đủ" in line_of(office.leader, row).values(), "the unit stands by what came back"


def test_the_list_is_turned_over_by_key_and_tells_what_was_said(office):
    with ago(20):
        directive = office.issue(tasks=18, due_in=5)
    row, other, *_ = assignments_of(directive)
    tracking.note_progress(other, by=office.head_of(other), text="Đang làm", percent=40, obstacle="Thiếu vốn")
    office.report(row, text="Đã trình", evidence=[tracking.Document("15/BC-P", date(2024, 3, 5))])
    first = get(office.leader, LIST)
    following = get(office.leader, f"{LIST}{unescape(first.context['next_url'])}")
    assert f'{directive.code}</a><small class="noprint">{row.unit_name}</small></th>' in html(first)
    keys = [one["pk"] for answer in (first, following) for one in answer.context["rows"]]
    assert len(keys) == len(set(keys)) == 54
    told = {
        line[6] + line[7]: line
        for line in plain_rows(office.leader, f"{LIST[:-1]}.csv")[1:]
        if line[5] == "Nội dung nhiệm vụ 1"
    }
    said = next(line for line in told.values() if line[7] == row.unit_name)
    assert said[13:17] == ["Đã trình", "15/BC-P ngày 05/3/2024", "Chờ xác nhận, báo cáo trễ", said[16]]
    noted = next(line for line in told.values() if line[7] == other.unit_name)
    assert (noted[13], noted[17]) == ("40%. Đang làm", "Thiếu vốn")


def test_the_list_of_a_past_day_knows_nothing_later(office):
    with ago(20):
        row, *_ = assignments_of(office.issue(tasks=1, due_in=5))
    office.report(row)
    span = Span(clock.today() - timedelta(days=1))
    rows = compliance.detail_rows(
        Assignment.objects.all(), span, compliance.Tally.total, beside=Assignment.objects.all()
    )
    found = next(one for one in compliance.read_through(rows, span) if one.work == row)
    assert (found.report, found.days_late) == (None, 14)


def test_the_list_tells_the_first_deadline_and_the_one_it_was_moved_to(office):
    with ago(20):
        row, *_ = assignments_of(office.issue(tasks=1, due_in=5))
        first, moved = row.due_on, row.due_on + timedelta(days=9)
        tracking.extend(row, by=office.leader, due_on=moved, reason="Mưa lũ")
    days = {tuple(line[10:12]) for line in plain_rows(office.leader, f"{LIST[:-1]}.csv")[1:]}
    assert days == {(str(first), str(moved)), (str(first), "")}
