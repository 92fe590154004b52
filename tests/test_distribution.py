"""Who receives an issued document, and who owes which of its tasks."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directives import issuing
from directives.enums import Duty, Purpose
from directives.models import Addressee, Assignment, Recipient, TaskUnit
from tests.factories import Office, assignments_of, make_unit
from units import clock
from units.enums import UnitKind
from units.models import UnitGroup, UnitName

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office(rooms=3)


def issue(office, directive):
    issuing.submit(directive, by=office.clerk)
    issuing.sign(directive, by=office.leader)
    return issuing.issue(directive, by=office.clerk)


def owed(directive):
    return {(a.task.label, a.unit_id): a.duty for a in assignments_of(directive)}


def everybody(office, labels=("1", "2")):
    return {(label, room.pk): Duty.LEAD for label in labels for room in office.rooms}


def test_a_task_that_names_nobody_is_owed_by_everyone_who_acts(office):
    directive = issue(office, office.draft())
    assert owed(directive) == everybody(office)


def test_a_copy_for_information_brings_no_work(office):
    directive = office.draft()
    Addressee.objects.create(directive=directive, unit=office.room, text="Văn phòng", purpose=Purpose.REPORT)
    assert owed(issue(office, directive)) == everybody(office)
    assert directive.recipients.get(unit=office.room).purpose == Purpose.REPORT


def test_an_addressee_asked_to_support_supports_every_task(office):
    directive = office.draft()
    Addressee.objects.create(
        directive=directive, unit=office.room, text="Văn phòng", purpose=Purpose.COORDINATE
    )
    expected = everybody(office) | {(label, office.room.pk): Duty.SUPPORT for label in "12"}
    assert owed(issue(office, directive)) == expected


def test_a_task_that_names_its_lead_is_owed_by_nobody_else(office):
    directive = office.draft()
    TaskUnit.objects.create(task=directive.tasks.get(label="2"), unit=office.room, duty=Duty.LEAD)
    expected = everybody(office, "1") | {("2", office.room.pk): Duty.LEAD}
    assert owed(issue(office, directive)) == expected


def test_a_task_that_names_only_a_supporter_stays_everybodys(office):
    directive = office.draft()
    first, *others = office.rooms
    TaskUnit.objects.create(task=directive.tasks.get(label="2"), unit=first, duty=Duty.SUPPORT)
    expected = everybody(office) | {("2", first.pk): Duty.SUPPORT}
    assert owed(issue(office, directive)) == expected


def test_a_heading_is_owed_by_nobody(office):
    directive = office.draft()
    directive.tasks.filter(label="1").update(is_heading=True)
    assert owed(issue(office, directive)) == everybody(office, "2")


def test_groups_are_expanded_with_the_units_of_the_day(office):
    gone = make_unit("Phòng đã giải thể", parent=office.unit, ends_on=clock.today())
    group = UnitGroup.objects.create(
        name="Các phòng", owner=office.unit, children_of=office.unit, kind=UnitKind.DIVISION
    )
    directive = office.draft(to=[])
    Addressee.objects.create(directive=directive, group=group, text="Các phòng", purpose=Purpose.ACT)
    issue(office, directive)
    received = directive.recipients.all()
    assert {r.unit_id for r in received} == {office.room.pk, *(room.pk for room in office.rooms)}
    assert gone.pk not in {r.unit_id for r in received}
    assert {r.group_name for r in received} == {"Các phòng"}


def test_a_group_in_a_task_is_expanded_and_frozen(office):
    group = UnitGroup.objects.create(name="Hai phòng", owner=office.unit)
    group.listed.set(office.rooms[:2])
    directive = office.draft(tasks=1)
    TaskUnit.objects.create(task=directive.tasks.get(), group=group, duty=Duty.LEAD)
    issue(office, directive)
    group.listed.clear()
    assert {unit for _, unit in owed(directive)} == {room.pk for room in office.rooms[:2]}


def test_a_unit_named_twice_receives_once_with_the_weightier_purpose(office):
    directive = office.draft()
    for purpose in (Purpose.INFORM, Purpose.REPORT):
        Addressee.objects.create(
            directive=directive, unit=office.rooms[0], text="lại", purpose=purpose, position=9
        )
    issue(office, directive)
    assert directive.recipients.get(unit=office.rooms[0]).purpose == Purpose.ACT


def test_names_are_those_of_the_day_and_stay(office):
    room, today = office.rooms[0], clock.today()
    UnitName.objects.create(unit=room, name="Tên hôm nay", starts_on=today - timedelta(days=9))
    UnitName.objects.create(unit=room, name="Tên ngày mai", starts_on=today + timedelta(days=1))
    directive = issue(office, office.draft())
    room.name = "Tên sau này"
    room.save()
    assert set(Assignment.objects.filter(unit=room).values_list("unit_name", flat=True)) == {"Tên hôm nay"}
    assert directive.recipients.get(unit=room).unit_name == "Tên hôm nay"


def test_issuing_costs_the_same_for_few_and_for_many(office):
    def cost(**size):
        directive = office.draft(**size)
        issuing.submit(directive, by=office.clerk)
        issuing.sign(directive, by=office.leader)
        with CaptureQueriesContext(connection) as queries:
            issuing.issue(directive, by=office.clerk)
        return len(queries)

    cost()
    assert cost(tasks=1, to=office.rooms[:1]) == cost(tasks=20)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_rows_are_what_a_plain_recount_says(office, data):
    """Any mixture of purposes, duties and headings: the INSERT agrees with a recount in Python."""
    rooms = [office.room, *office.rooms]
    directive = office.draft(to=office.rooms[:1], tasks=3)
    purposes = {office.rooms[0]: Purpose.ACT}
    for room in rooms:
        purpose = data.draw(st.sampled_from([None, Purpose.ACT, Purpose.COORDINATE, Purpose.INFORM]))
        if purpose and room not in purposes:
            purposes[room] = purpose
            Addressee.objects.create(directive=directive, unit=room, text=room.name, purpose=purpose)
    named = {}
    for task in directive.tasks.all():
        task.is_heading = data.draw(st.booleans()) and task.label != "1"
        task.save()
        for room in rooms:
            duty = data.draw(st.sampled_from([None, None, *Duty]))
            if duty:
                named[task.label, room] = duty
                TaskUnit.objects.create(task=task, unit=room, duty=duty)
    issue(office, directive)
    assert owed(directive) == _recount(directive, rooms, purposes, named)
    assert Recipient.objects.filter(directive=directive).count() == len(
        {*purposes, *(room for _, room in named)}
    )


def _recount(directive, rooms, purposes, named):
    rows = {}
    for task in directive.tasks.filter(is_heading=False):
        mine = {room: duty for (label, room), duty in named.items() if label == task.label}
        if Duty.LEAD not in mine.values():
            for room in rooms:
                if purposes.get(room) == Purpose.ACT:
                    rows[task.label, room.pk] = Duty.LEAD
                if purposes.get(room) == Purpose.COORDINATE:
                    rows[task.label, room.pk] = Duty.SUPPORT
        rows |= {(task.label, room.pk): duty for room, duty in mine.items()}
    return rows
