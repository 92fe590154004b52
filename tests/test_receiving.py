"""Receipt: one task, all of a document, and how soon."""

import pytest

from directives import tracking
from directives.enums import AssignmentState
from directives.errors import NotAllowed, WrongState
from directives.models import Assignment
from units import once
from units.models import Event

from .factories import Office, assignments_of
from .screens import act, ago, page, sign_in

pytestmark = pytest.mark.django_db
NEW, RECEIVED = AssignmentState.NOT_STARTED, AssignmentState.IN_PROGRESS


@pytest.fixture
def office():
    return Office(rooms=2)


@pytest.fixture
def rows(office):
    return assignments_of(office.issue(tasks=3))


def states(rows, unit):
    mine = Assignment.objects.filter(pk__in=[row.pk for row in rows], unit=unit)
    return list(mine.order_by("task__position").values_list("state", flat=True))


def test_all_of_a_document_is_received_at_once_and_nothing_of_others(office, rows):
    mine = [row for row in rows if row.unit == office.rooms[0]]
    elsewhere = assignments_of(office.issue(tasks=1, to=office.rooms[:1]))[0]
    tracking.acknowledge(mine[1], by=office.head_of(mine[1]))
    assert tracking.acknowledge_all(mine[0], by=office.head_of(mine[0])) == 2
    assert states(rows, office.rooms[0]) == [RECEIVED] * 3
    assert states(rows, office.rooms[1]) == [NEW] * 3
    assert states([elsewhere], office.rooms[0]) == [NEW]
    assert Event.objects.filter(verb="acknowledge").count() == 3


def test_who_does_not_answer_for_the_unit_receives_nothing(office, rows):
    with pytest.raises(NotAllowed):
        tracking.acknowledge_all(rows[0], by=office.monitor)
    assert not Event.objects.filter(verb="acknowledge").exists()


def test_nothing_left_to_receive_is_told(office, rows):
    head = office.head_of(rows[0])
    tracking.acknowledge_all(rows[0], by=head)
    with pytest.raises(WrongState):
        tracking.acknowledge_all(rows[0], by=head)
    with pytest.raises(NotAllowed):
        tracking.acknowledge_all(rows[0], by=office.monitor)


def test_the_button_receives_them_once(office, rows):
    row = next(row for row in rows if row.unit == office.rooms[0])
    client = sign_in(office.head_of(row))
    assert "Tiếp nhận cả văn bản" in page(client, f"/nhiem-vu/{row.pk}/")
    key = once.new_key()
    for _ in range(2):
        assert act(client, row, "acknowledge-all", form_key=key).status_code in {302, 303}
    assert Event.objects.filter(verb="acknowledge").count() == 3
    text = page(client, f"/nhiem-vu/{row.pk}/")
    assert "Đã tiếp nhận 3 nhiệm vụ của văn bản." in text
    assert "Tiếp nhận nhiệm vụ, trong ngày giao" in text
    assert "Tiếp nhận cả văn bản" not in text


def test_a_late_receipt_says_by_how_many_days(office):
    with ago(3):
        row = assignments_of(office.issue(tasks=1))[0]
    tracking.acknowledge(row, by=office.head_of(row))
    assert "Tiếp nhận nhiệm vụ, sau 3 ngày" in page(sign_in(office.monitor), f"/nhiem-vu/{row.pk}/")
