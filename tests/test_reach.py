"""How far a role reaches: its unit and all below; above all units, everything."""

from datetime import timedelta

import pytest

from directives import rules
from directives.models import Assignment, Directive, Recipient
from units import clock
from units.enums import Role
from units.models import Unit, User
from units.rules import EVERYWHERE, paths

from .factories import Office, make_user

pytestmark = pytest.mark.django_db

OFTEN_SEEN = (
    (Assignment, rules.visible_assignments),
    (Directive, rules.visible_directives),
    (Recipient, rules.visible_recipients),
    (Unit, rules.units_seen_whole),
    (Unit, rules.overseen_offices),
)


def seen_by(user):
    fresh = User.objects.get(pk=user.pk)
    return [
        set(model.objects.filter(visible(fresh)).values_list("pk", flat=True))
        for model, visible in OFTEN_SEEN
    ]


@pytest.mark.parametrize("role", [Role.LEADER, Role.HEAD])
def test_who_sits_above_all_units_sees_the_same_when_a_second_tree_stands(role):
    office = Office(rooms=2)
    office.issue(tasks=2)
    person = office.leader if role == Role.LEADER else make_user(role, office.unit)
    assert paths(person, {role}) == [EVERYWHERE]
    before = seen_by(person)
    assert before[0] == set(Assignment.objects.values_list("pk", flat=True))
    Office(rooms=1).issue(tasks=1)
    assert seen_by(person) == before
    assert paths(User.objects.get(pk=person.pk), {role}) == [office.unit.path]


def test_below_the_top_nobody_reaches_all():
    office = Office(rooms=2)
    assert paths(office.heads[office.rooms[0]], {Role.HEAD}) == [office.rooms[0].path]


def test_a_role_that_has_ended_reaches_nothing():
    office = Office(rooms=1)
    office.leader.memberships.update(ends_on=clock.today() - timedelta(days=1))
    assert paths(User.objects.get(pk=office.leader.pk), {Role.LEADER}) == []
