"""SQL that a worker keeps: what is read by it is what the question itself would find."""

import re
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.forms.models import model_to_dict

from directives import tracking
from units import clock, statements
from units.backends import MembershipBackend
from units.enums import Role
from units.models import Membership, User

from .counts import LONG
from .factories import Office, assignments_of, give_role, make_unit, make_user
from .figures_world import get, html

TODAY = timedelta()
DAY = timedelta(days=1)


def everything(role):
    """All that is known of a role and of whom and what it names, without another query."""
    with connection.execute_wrapper(_refused):
        named = [role, role.user, role.unit, role.unit.parent, role.principal]
        return [one and model_to_dict(one) for one in named], role.reaches_all


def _refused(execute, sql, *_):
    raise AssertionError(f"one more query: {sql}")


def told(person):
    found = MembershipBackend().get_user(person.pk)
    return [everything(role) for role in found.memberships_in_force]


def asked(person):
    held = Membership.objects.in_force().reaching().filter(user=person).select_related("user")
    return [everything(role) for role in held]


def everybody():
    upper = make_unit()
    lower = make_unit(parent=upper)
    leader = make_user(Role.LEADER, upper, last_login=clock.now())
    acting, both, nobody = make_user(), make_user(), make_user()
    give_role(acting, Role.LEADER, upper, principal=leader, ends_on=clock.today() + DAY)
    give_role(both, Role.STAFF, upper)
    give_role(both, Role.HEAD, lower)
    return [leader, acting, both, nobody]


def test_a_person_arrives_with_the_roles_that_they_hold(db):
    people = everybody()
    assert [len(told(one)) for one in people] == [1, 1, 2, 0]
    said = []
    for change in (
        lambda: None,
        lambda: give_role(people[-1], Role.AUDITOR, make_unit()),
        lambda: people[2].memberships.filter(role=Role.HEAD).update(ends_on=clock.today() - DAY),
        lambda: User.objects.filter(pk=people[0].pk).update(full_name="Nguyễn Thị Ánh"),
    ):
        change()
        said.append([told(one) for one in people])
        assert said[-1] == [asked(one) for one in people]
    assert said[0] != said[1] != said[2] != said[3], "the changes are seen"


@pytest.mark.parametrize(("later", "held"), [(TODAY, 1), (DAY, 1), (2 * DAY, 0)])
def test_a_role_kept_from_yesterday_ends_today(db, later, held):
    _leader, acting, *_ = everybody()
    assert told(acting)
    with clock.travel(clock.now() + later):
        assert len(told(acting)) == held


def test_of_a_question_that_finds_nothing_nothing_is_asked(db, django_assert_num_queries):
    for _ in range(2):
        with django_assert_num_queries(0):
            assert statements.objects("nobody", User.objects.none) == []
            assert statements.objects("in no list", lambda: User.objects.filter(pk__in=[])) == []


def test_one_statement_serves_everybody(db, monkeypatch):
    monkeypatch.setattr(statements, "_statements", {})
    for person in everybody():
        told(person)
    assert len(statements._statements) == 1


@pytest.fixture
def hurried():
    """Threads give way to each other at every step."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.django_db(transaction=True)
def test_threads_that_ask_at_once_get_each_their_own(hurried):
    people = everybody()
    own = [asked(one) for one in people]

    def ask(n):
        try:
            return told(people[n % len(people)])
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as threads:
        found = list(threads.map(ask, range(20 * len(people))))
    assert found == own * 20


# --- What pages say by kept SQL ------------------------------------------------------------------

HIDDEN = re.compile(r'value="[^"]{60,}"|value="[0-9a-f-]{36}"')


def said(person, address):
    answer = get(person, address)
    return answer.status_code, HIDDEN.sub("", html(answer)) if answer.status_code == 200 else ""


class Nothing(dict):
    """Where nothing is kept."""

    def __setitem__(self, *_):
        pass


@pytest.mark.walk
def test_pages_say_the_same_whatever_is_kept(db, monkeypatch):
    """By what was kept before every change, and by nothing kept at all."""
    office = Office(rooms=2, parent=make_unit())
    with clock.travel(clock.now() - 20 * DAY):
        directive = office.issue(tasks=2, due_in=25)
        office.draft(title="V/v dự thảo")
    first, second, third, *_ = assignments_of(directive)
    tracking.acknowledge(second, by=office.head_of(second))
    for_a_time = {"principal": office.monitor, "ends_on": clock.today() + 5 * DAY}
    acting = give_role(make_user(), Role.MONITOR, office.unit, **for_a_time).user
    people = [office.leader, office.monitor, office.clerk, *office.heads.values(), acting, make_user()]
    pages = ["/", "/nhiem-vu/", "/cho-xu-ly/", f"/van-ban/{directive.pk}/", f"/van-ban/{10**30}/"]
    pages += [f"/nhiem-vu/{pk}/" for pk in (first.pk, second.pk, third.pk, 10**30)]

    pairs = [(one, page) for page in pages for one in people]
    kept = statements._statements

    def agree(turn, *whom):
        """The first page each time, of who was changed every page, of the others a sixth in turn."""
        asked = [
            pair
            for at, pair in enumerate(pairs)
            if LONG or at < len(people) or at % 6 == turn % 6 or pair[0] in whom
        ]
        by_kept = [said(*pair) for pair in asked]
        with monkeypatch.context() as fresh:
            fresh.setattr(statements, "_statements", Nothing())
            assert by_kept == [said(*pair) for pair in asked]
        assert statements._statements is kept
        assert {status for status, _ in by_kept} == {200, 404}
        return by_kept[: len(people)]

    told_ = [agree(turn) for turn in range(3)][-1:]
    for turn, (change, whom) in enumerate(
        (
            (lambda: office.report(first), office.head_of(first)),
            (lambda: office.accept(third), office.monitor),
            (lambda: give_role(office.leader, Role.HEAD, office.rooms[0]), office.leader),
            (lambda: office.monitor.memberships.update(ends_on=clock.today() - DAY), office.monitor),
        )
    ):
        change()
        told_.append(agree(turn, whom))
    with clock.travel(clock.now() + 9 * DAY):
        told_.append(agree(len(told_)))
    assert [one != other for one, other in pairwise(told_)] == [True] * 5, "the changes are seen"
