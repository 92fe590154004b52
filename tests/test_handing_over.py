"""Work changes hands: all of one person's at once, by the head or the administrator, or back to the head by itself."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse

from directives import audience, compliance, issuing, rules, tracking
from directives.errors import Incomplete, NotAllowed, WrongState
from directives.models import Assignment
from units import accounts, clock, events
from units.backends import MembershipBackend
from units.enums import Role
from units.models import Event, Membership, User
from units.rules import Roster, reach

from .factories import Office, assignments_of, give_role, make_unit, make_user
from .notices_world import WEDNESDAY, Desk, on, run, told
from .screens import page, send, sign_in

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def office():
    return Office(rooms=2)


@pytest.fixture
def admin(office):
    return make_user(Role.ADMIN, office.unit)


@pytest.fixture
def worker(office):
    return make_user(Role.STAFF, office.rooms[0], full_name="Trần Thị Làm")


@pytest.fixture
def heir(office):
    return make_user(Role.STAFF, office.rooms[0], full_name="Lê Văn Nhận")


@pytest.fixture
def rows(office, worker):
    """Three pieces of work of two documents in the worker's hands, one of them done."""
    found = assignments_of(office.issue(tasks=2, to=office.rooms[:1]))
    found += assignments_of(office.issue(tasks=1, to=office.rooms[:1]))
    for row in found:
        tracking.delegate(row, by=office.head_of(row), to=worker, internal_due_on=clock.today())
    office.accept(found[0])
    return found


def hands():
    return list(Assignment.objects.order_by("pk").values_list("assignee__full_name", flat=True))


def head(office):
    return office.heads[office.rooms[0]]


def room(office):
    return office.rooms[0].pk


# --- In one act --------------------------------------------------------------------------------


def test_everything_unfinished_goes_over_and_each_piece_has_its_event(office, rows, worker, heir):
    assert tracking.hand_over(worker, room(office), by=head(office), to=heir, note="Đi học") == 2
    assert hands() == ["Trần Thị Làm", "Lê Văn Nhận", "Lê Văn Nhận"]
    told = Event.objects.filter(verb="hand_over").order_by("pk")
    assert [(one.object_id, one.chain) for one in told] == [
        (row.pk, f"directive:{row.directive_id}") for row in rows[1:]
    ]
    assert {one.note for one in told} == {"Trần Thị Làm → Lê Văn Nhận. Đi học"}
    assert list(events.faults()) == []
    with pytest.raises(WrongState):
        tracking.hand_over(worker, room(office), by=head(office), to=heir)


def test_or_back_to_the_head(office, rows, worker):
    tracking.hand_over(worker, room(office), by=head(office))
    assert hands() == ["Trần Thị Làm", None, None]
    assert not Assignment.objects.filter(assignee=None).exclude(internal_due_on=None).exists()


def test_only_to_another_person_of_the_unit(office, rows, worker):
    for to in (worker, office.clerk, office.heads[office.rooms[1]]):
        with pytest.raises(Incomplete):
            tracking.hand_over(worker, room(office), by=head(office), to=to)


def test_by_the_head_the_deputy_and_the_administrator(office, rows, worker, heir, admin):
    strangers = [office.monitor, office.leader, office.clerk, worker, office.heads[office.rooms[1]]]
    for person in strangers:
        with pytest.raises(NotAllowed):
            tracking.hand_over(worker, room(office), by=person, to=heir)
    assert tracking.hand_over(worker, room(office), by=admin, to=heir) == 2


def test_what_lies_before_the_head_stays_there(office, rows, worker, heir):
    tracking.submit_internally(rows[1], by=worker, text="Đã xong")
    tracking.hand_over(worker, room(office), by=head(office), to=heir)
    assert rows[1].reports.get().reporter_name == "Trần Thị Làm"
    assert rows[1].reports.get().decided_at is None


# --- Who leaves --------------------------------------------------------------------------------


def role_of(user):
    return Membership.objects.get(user=user)


def test_a_role_that_ends_gives_the_work_back(office, rows, worker, admin):
    accounts.end_role(role_of(worker), by=admin)
    assert hands() == ["Trần Thị Làm", None, None]
    assert set(Event.objects.filter(verb="hand_over").values_list("actor", flat=True)) == {admin.pk}


def test_a_closed_account_gives_the_work_back(office, rows, worker, admin):
    accounts.deactivate(worker, by=admin)
    assert hands() == ["Trần Thị Làm", None, None]


def test_whoever_holds_another_role_in_the_unit_keeps_it(office, rows, worker, admin):
    give_role(worker, Role.DEPUTY, office.rooms[0])
    accounts.end_role(Membership.objects.get(user=worker, role=Role.STAFF), by=admin)
    assert hands() == ["Trần Thị Làm"] * 3


def test_a_role_that_ends_later_gives_it_back_on_its_day(office, rows, worker, admin):
    accounts.end_role(role_of(worker), by=admin, on=clock.today())
    assert hands() == ["Trần Thị Làm"] * 3
    with clock.travel(clock.now() + timedelta(days=1)):
        call_command("send_notices", "--dry-run", verbosity=0)
        assert hands() == ["Trần Thị Làm"] * 3
        call_command("send_notices", verbosity=0)
    assert hands() == ["Trần Thị Làm", None, None]
    assert Event.objects.filter(verb="hand_over", actor=None).count() == 2


def test_the_head_is_told_what_lies_there_and_the_heir_what_came(office):
    desk = Desk(rooms=1)
    works = assignments_of(desk.due(20, tasks=2))
    other = make_user(Role.STAFF, desk.rooms[0])
    with on(WEDNESDAY - timedelta(days=20)):
        for work in works:
            tracking.delegate(work, by=desk.head, to=desk.staff)
    with on(WEDNESDAY, 9):
        tracking.hand_over(desk.staff, desk.rooms[0].pk, by=desk.deputy, to=other)
    run(WEDNESDAY, 9, 15)
    assert (told(desk.head), told(other)) == ([], ["assigned", "assigned"])
    with on(WEDNESDAY, 10):
        accounts.end_role(Membership.objects.get(user=other), by=None)
    run(WEDNESDAY, 10, 15)
    assert told(desk.head) == told(desk.deputy) == ["left_over", "left_over"]


# --- The screens -------------------------------------------------------------------------------


def address(office, worker):
    return reverse("hand-over", args=[room(office), worker.pk])


def test_the_head_finds_the_page_and_hands_over_once(office, rows, worker, heir):
    client = sign_in(head(office))
    assert 'href="/nhiem-vu/ban-giao/"' in page(client, "/nhiem-vu/")
    shown = page(client, "/nhiem-vu/ban-giao/")
    assert "Trần Thị Làm" in shown
    assert "2 phần việc" in shown
    assert "Trả về thủ trưởng đơn vị" in page(client, address(office, worker))
    answer = send(client, address(office, worker), to=heir.pk, note="")
    assert (answer.status_code, answer["Location"]) == (303, "/nhiem-vu/ban-giao/")
    assert hands() == ["Trần Thị Làm", "Lê Văn Nhận", "Lê Văn Nhận"]
    assert "Đã bàn giao 2 phần việc." in page(client, "/nhiem-vu/ban-giao/")
    assert client.get(address(office, worker)).status_code == 404


def test_staff_hand_over_nothing(office, rows, worker):
    client = sign_in(worker)
    assert "/nhiem-vu/ban-giao/" not in page(client, "/nhiem-vu/")
    assert client.get(address(office, worker)).status_code == 403
    assert "Trần Thị Làm" not in page(sign_in(office.heads[office.rooms[1]]), "/nhiem-vu/ban-giao/")


def test_the_administrator_sees_how_much_and_not_what(office, rows, worker, heir, admin):
    client = sign_in(admin)
    for screen in (
        reverse("admin:units_user_change", args=[worker.pk]),
        reverse("admin:units_membership_change", args=[role_of(worker).pk]),
    ):
        shown = page(client, screen)
        assert "2 phần việc" in shown
        assert address(office, worker) in shown
    shown = page(client, address(office, worker))
    assert rows[1].directive.code not in shown
    assert rows[1].task.text not in shown
    answer = send(client, address(office, worker), to=heir.pk, note="")
    assert answer["Location"] == reverse("admin:units_user_change", args=[worker.pk])
    assert hands()[1:] == ["Lê Văn Nhận"] * 2
    assert "Không giữ việc nào." in page(client, reverse("admin:units_user_change", args=[worker.pk]))


def test_drafts_are_counted_for_the_administrator(office, admin):
    office.draft(), office.draft()
    assert compliance.drafts_of(office.clerk) == 2
    assert "2 dự thảo" in page(sign_in(admin), reverse("admin:units_user_change", args=[office.clerk.pk]))


# --- Who acts for another ----------------------------------------------------------------------


def test_both_names_stand_on_record_when_a_deputy_accepts(office):
    (row,) = assignments_of(office.issue(tasks=1, to=office.rooms[:1]))
    unit, today = make_unit(parent=office.unit), clock.today()
    deputy = make_user(Role.STAFF, unit, full_name="Lê Văn Phó", post="Phó Chánh Văn phòng")
    give_role(deputy, Role.MONITOR, office.unit, principal=office.monitor, starts_on=today, ends_on=today)
    tracking.accept(office.report(row), by=User.objects.get(pk=deputy.pk))
    told = Event.objects.get(verb="accept")
    assert told.actor_name == "Lê Văn Phó"
    assert f"thay mặt {office.monitor.display_name}" in told.actor_post


@pytest.fixture
def deputy(office):
    """Acts for the office's leader until tomorrow."""
    person = make_user(Role.STAFF, office.rooms[0])
    give_role(person, Role.LEADER, office.unit, principal=office.leader, ends_on=clock.today() + DAY)
    return person


ENDS = {
    "the role ended": lambda office, admin: accounts.end_role(role_of(office.leader), by=admin),
    "it begins tomorrow": lambda office, admin: office.leader.memberships.update(
        starts_on=clock.today() + DAY
    ),
    "the account was closed": lambda office, admin: accounts.deactivate(office.leader, by=admin),
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_nobody_signs_for_who_signs_no_more(office, admin, deputy, end):
    draft = office.draft(tasks=1)
    issuing.submit(draft, by=office.clerk)
    assert rules.can_sign(User.objects.get(pk=deputy.pk), draft)
    end(office, admin)
    for person in (User.objects.get(pk=deputy.pk), MembershipBackend().get_user(deputy.pk)):
        with pytest.raises(NotAllowed):
            issuing.sign(draft, by=person)
    assert deputy.pk not in Roster(clock.today()).holders(office.unit.pk, {Role.LEADER})


def test_what_is_held_for_another_is_not_held_for_a_third(office, deputy):
    third = make_user()
    give_role(third, Role.LEADER, office.unit, principal=deputy, ends_on=clock.today() + DAY)
    assert not rules.can_sign(third, office.draft())


def test_a_role_of_their_own_stays_when_the_other_one_goes(office, admin, deputy):
    give_role(deputy, Role.LEADER, office.unit, starts_on=clock.today())
    accounts.deactivate(office.leader, by=admin)
    assert rules.can_sign(deputy, office.draft())


def decides(person, row):
    """Whether the person may decide, as the rule, the list and the roster say."""
    row, person = Assignment.objects.get(pk=row.pk), User.objects.get(pk=person.pk)
    listed = Assignment.objects.filter(rules.decidable_assignments(person), pk=row.pk).exists()
    told = person.pk in audience.deciders(Roster(clock.today()), row)
    assert rules.can_accept(person, row) == listed == told
    return listed


def moves(person, row):
    """Whether the person may move the work and its deadline, say the same three."""
    row = Assignment.objects.select_related("directive").get(pk=row.pk)
    person, roster = User.objects.get(pk=person.pk), Roster(clock.today())
    row.extension_by_leader = row.directive.extension_by_leader = False
    found = {
        rules.can_reopen(person, row),
        rules.can_extend(person, row),
        Assignment.objects.filter(rules.movable_assignments(person), pk=row.pk).exists(),
        person.pk in audience.movers(roster, row),
        person.pk in audience.extenders(roster, row),
    }
    assert len(found) == 1
    return found.pop()


def test_who_acts_for_another_decides_nothing_that_one_may_not(office):
    """The head is also the office's monitor: of the own unit's work neither they nor who acts for them are judges."""
    head, other = office.heads[office.rooms[0]], make_user(Role.STAFF, office.rooms[1])
    give_role(head, Role.MONITOR, office.unit)
    give_role(other, Role.MONITOR, office.unit, principal=head, ends_on=clock.today() + DAY)
    given = assignments_of(office.issue(tasks=1, to=[*office.rooms, office.room]))
    own, others, elsewhere = sorted(given, key=lambda row: [*office.rooms, office.room].index(row.unit))
    deputy = make_user(Role.DEPUTY, office.rooms[0])
    office.report(own, by=deputy), office.report(others), office.report(elsewhere)
    for row, of_head, of_other in ((own, False, False), (others, True, False), (elsewhere, True, True)):
        assert (decides(head, row), decides(other, row)) == (of_head, of_other)
        assert (moves(head, row), moves(other, row)) == (of_head, of_other)
    give_role(other, Role.MONITOR, office.unit, starts_on=clock.today())
    assert decides(other, own), "by a role of their own"


def test_who_acts_for_the_reporter_does_not_accept_the_report(office):
    """The leader reported for a unit that they have left since: nobody decides in their name."""
    give_role(office.leader, Role.DEPUTY, office.room, ends_on=clock.today())
    other = make_user(Role.STAFF, office.rooms[1])
    give_role(other, Role.LEADER, office.unit, principal=office.leader, ends_on=clock.today() + 2 * DAY)
    (row,) = assignments_of(office.issue(tasks=1, to=[office.room]))
    office.report(row, by=office.leader)
    with clock.travel(clock.now() + DAY):
        assert not decides(office.leader, row)
        assert not decides(other, row)
        Assignment.objects.filter(pk=row.pk).update(reported_by=office.heads[office.room])
        assert decides(office.leader, row)
        assert decides(other, row)


def test_where_the_other_one_sits_comes_with_the_roles(office, deputy, django_assert_num_queries):
    with django_assert_num_queries(1):
        person = MembershipBackend().get_user(deputy.pk)
        rules.decidable_assignments(person)
    before = reach(person)
    give_role(office.leader, Role.HEAD, office.room)
    assert reach(MembershipBackend().get_user(deputy.pk)) != before, "what SQL is kept by"
