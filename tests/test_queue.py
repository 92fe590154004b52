"""The Office's queue costs the same with one of everything and with three."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from directives import compliance, tracking
from units import clock, statements
from units.enums import Role
from units.models import User

from .factories import Office, assignments_of, give_role, make_unit, make_user
from .recurring_world import Duties, on
from .screens import page, sign_in

pytestmark = pytest.mark.django_db
BUDGET = 6
DAY = timedelta(days=1)
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
    for name in ("Báo cáo", "Đề nghị", "Vướng mắc"):
        assert f'{name} <span class="count">2</span></a>' in shown
    assert 'Quá hạn <span class="muted">2</span></a>' in shown, "waits for others"


def test_what_waits_for_an_answer_names_its_period():
    duties = Duties()
    with on("2024-09-03"):
        row = duties.row(duties.first, "2024-Q3")
        tracking.urge(row, by=duties.office.monitor, text="Đề nghị báo cáo", reply_by=date(2024, 9, 6))
        shown = page(sign_in(duties.office.monitor), "/cho-xu-ly/chi-dao/")
    assert '<b class="nw">Quý III/2024</b>' in shown
    assert 'Chưa trả lời <span class="muted">1</span>' in shown


def test_the_tabs_are_said_as_tabs_in_english():
    office = Office(rooms=1)
    type(office.monitor).objects.filter(pk=office.monitor.pk).update(language="en")
    shown = page(sign_in(office.monitor), "/cho-xu-ly/")
    assert ">Reports</a>" in shown
    assert ">Corrections</a>" in shown


# --- What a worker keeps of the questions --------------------------------------------------------


def everybody(office):
    acting = give_role(
        make_user(), Role.MONITOR, office.unit, principal=office.monitor, ends_on=clock.today() + DAY
    )
    found = [office.leader, office.monitor, office.clerk, *office.heads.values(), acting.user]
    return [*found, make_user(Role.AUDITOR, office.unit), make_user(Role.LEADER, office.unit.parent)]


def kept_and_asked_anew(person):
    """What the navigation says by the SQL that a worker keeps, and when it keeps none."""
    told = compliance.waiting_count(User.objects.get(pk=person.pk))
    statements._statements.clear()
    return told, compliance.waiting_count(User.objects.get(pk=person.pk))


def move(unit, *, below):
    unit.parent = below
    unit.save()


def test_the_navigation_says_the_same_whatever_is_kept(db):
    office = Office(rooms=2, parent=make_unit())
    with clock.travel(clock.now() - 40 * DAY):
        first, second, *_ = assignments_of(office.issue(tasks=2, due_in=39))
        people = everybody(office)
        tracking.request_extension(
            first, by=office.head_of(first), due_on=clock.today() + 50 * DAY, reason="Bão"
        )
        tracking.note_progress(second, by=office.head_of(second), obstacle="Chưa có kinh phí")

    def agree():
        told = [kept_and_asked_anew(one) for one in people]
        assert all(kept == anew for kept, anew in told)
        return [kept for kept, _ in told]

    said = [agree()]
    for change in (
        lambda: office.report(second),
        lambda: move(office.rooms[0], below=make_unit()),
        lambda: give_role(office.leader, Role.HEAD, office.rooms[0]),
        lambda: office.monitor.memberships.filter(role=Role.MONITOR).update(ends_on=clock.today()),
    ):
        change()
        said.append(agree())
    with clock.travel(clock.now() + 2 * DAY), translation.override("en"):
        said.append(agree())
    assert len({str(one) for one in said}) > 3, "the changes are seen"


class Forgetful(dict):
    """What another thread empties as soon as somebody has looked into it."""

    def __contains__(self, key):
        return self.get(key) is not None

    def get(self, key):
        found = super().get(key)
        self.clear()
        return found


def test_the_navigation_is_told_while_another_thread_forgets(db, monkeypatch):
    monkeypatch.setattr(statements, "_statements", Forgetful())
    monitor = Office(rooms=1).monitor
    assert compliance.waiting_count(monitor) == compliance.waiting_count(monitor)
