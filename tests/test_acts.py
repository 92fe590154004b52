"""What a person did: read by themselves, by whoever heads their unit, by auditors; and no more than each may see."""

from datetime import timedelta

import pytest

from directives import tracking
from units import clock
from units.enums import Role

from .factories import Office, assignments_of, give_role, make_unit, make_user
from .screens import page, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.walk]


@pytest.fixture
def office():
    return Office(rooms=2)


@pytest.fixture
def worker(office):
    return make_user(Role.STAFF, office.rooms[0], full_name="Trần Thị Làm")


@pytest.fixture
def row(office, worker):
    (found,) = assignments_of(office.issue(tasks=1, to=office.rooms[:1]))
    tracking.delegate(found, by=office.head_of(found), to=worker)
    tracking.note_progress(found, by=worker, text="Đã gửi dự thảo")
    tracking.submit_internally(found, by=worker, text="Xong")
    return found


def address(person):
    return f"/nguoi/{person.pk}/viec-da-lam/"


def test_who_reads_it(office, worker, row):
    deputy = make_user(Role.DEPUTY, office.rooms[0])
    auditor = make_user(Role.AUDITOR, office.unit)
    for reader in (worker, office.head_of(row), deputy, auditor):
        shown = page(sign_in(reader), address(worker))
        assert "Ghi tiến độ" in shown
        assert "Đã gửi dự thảo" in shown
    strangers = [office.monitor, office.leader, office.clerk, office.heads[office.rooms[1]]]
    strangers += [make_user(), make_user(Role.ADMIN, office.unit), make_user(Role.AUDITOR, make_unit())]
    for reader in strangers:
        assert sign_in(reader).get(address(worker)).status_code == 404


def test_each_reads_what_they_may_see_of_it(office, worker, row):
    """What was laid before the head stays in the unit; what the person did elsewhere stays there."""
    elsewhere = Office(rooms=1)
    give_role(worker, Role.HEAD, elsewhere.rooms[0])
    (other,) = assignments_of(elsewhere.issue(tasks=1))
    tracking.note_progress(other, by=worker, text="Việc của cơ quan khác")
    auditor = make_user(Role.AUDITOR, office.unit)
    assert "Trình lãnh đạo đơn vị" in page(sign_in(office.head_of(row)), address(worker))
    assert "Trình lãnh đạo đơn vị" not in page(sign_in(auditor), address(worker))
    for reader in (office.head_of(row), auditor):
        assert "Việc của cơ quan khác" not in page(sign_in(reader), address(worker))
    assert "Việc của cơ quan khác" in page(sign_in(worker), address(worker))


def test_long_ago_is_not_searched(office, worker, row):
    with clock.travel(clock.now() + timedelta(days=91)):
        assert "Chưa có việc nào được ghi" in page(sign_in(worker), address(worker))


@pytest.mark.parametrize("times", [1, 3])
def test_it_costs_the_same(office, worker, row, times, django_assert_num_queries):
    for n in range(times):
        tracking.note_progress(row, by=worker, text=f"Lần {n}")
    client = sign_in(worker)
    with django_assert_num_queries(5):
        client.get(address(worker))
