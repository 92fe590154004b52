"""To whom: the same people as on the screens."""

from datetime import timedelta

import pytest

from directives import rules
from directives.compliance.waiting import to_answer, to_clear, to_decide
from directives.demo import world
from directives.enums import NoticeKind
from directives.models import Assignment, Notice
from directives.notices import finding, hours
from units import clock
from units.enums import Role
from units.models import User

from .factories import make_unit, make_user
from .notices_world import WEDNESDAY, Desk, run, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk(rooms=2)


def test_whoever_is_told_may_see_it_and_only_deciders_are_told_to_decide():
    """On the demo world, person by person: the roster says of everybody what the filters say of each."""
    world.make()
    day = clock.today()
    found = finding.find(hours.Hour(day, day + timedelta(days=1), is_morning=True))
    owed = {*NoticeKind} - {NoticeKind.RED, NoticeKind.SPECIAL_RED, NoticeKind.AWAITING, NoticeKind.ASKED}
    assert {one.kind for one in found} >= {
        NoticeKind.OVERDUE,
        NoticeKind.SPECIAL_RED,
        NoticeKind.AWAITING,
        NoticeKind.ASKED,
    }
    for user in User.objects.all():
        mine = [one for one in found if one.person_id == user.pk]
        cleared = set(Assignment.objects.filter(to_clear(user)).values_list("pk", flat=True))
        works = {one.assignment_id for one in mine if one.assignment_id} - cleared
        assert (
            set(
                Assignment.objects.filter(rules.visible_assignments(user), pk__in=works).values_list(
                    "pk", flat=True
                )
            )
            == works
        )
        own = {one.assignment_id for one in mine if one.kind in owed and one.assignment_id}
        assert Assignment.objects.filter(rules.owed_assignments(user), pk__in=own).count() == len(own)
        decided = {one.assignment_id for one in mine if one.kind == NoticeKind.AWAITING}
        assert decided == set(Assignment.objects.filter(to_decide(user)).values_list("pk", flat=True)), user
        asked = {one.assignment_id for one in mine if one.kind == NoticeKind.ASKED}
        answers = to_answer(user) | to_clear(user)
        assert asked == set(Assignment.objects.filter(answers).values_list("pk", flat=True)), user


def test_people_who_left_or_are_shut_out_are_told_nothing(desk):
    desk.due(-5)
    User.objects.filter(pk=desk.head.pk).update(is_active=False)
    desk.deputy.memberships.update(ends_on=WEDNESDAY - timedelta(days=1))
    run()
    assert set(Notice.objects.values_list("person", flat=True)) == {desk.leader.pk, desk.monitor.pk}
    assert told(desk.monitor) == ["unmanned"]


def test_a_head_of_another_unit_is_told_nothing(desk):
    stranger = make_user(Role.HEAD, make_unit(parent=desk.unit))
    desk.due(-5)
    run()
    assert told(stranger) == []
