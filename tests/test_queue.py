"""The Office's queue costs the same with one of everything and with three."""

from datetime import timedelta

import pytest

from directives import tracking
from units import clock

from .factories import Office, assignments_of
from .screens import sign_in

pytestmark = pytest.mark.django_db
BUDGET = 6
PARTS = ["", "de-nghi/", "vuong-mac/", "qua-han/", "dinh-chinh/"]


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
