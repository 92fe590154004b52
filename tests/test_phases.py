"""Figures of a past day: what was known at its end, the same whenever they are asked."""

from contextlib import suppress
from datetime import timedelta
from random import Random

import pytest

from directives import compliance, issuing, lifecycle, recipients, tracking
from directives.distribution import Share
from directives.enums import ENDED, Duty
from directives.errors import Refused
from directives.models import Assignment, Phase
from directives.recipients import Basis
from units import clock

from .factories import Office, assignments_of
from .figures_world import get
from .screens import ago
from .test_stories import World

pytestmark = pytest.mark.django_db
DAYS, ACTS = 12, 3
CHANGING = [verb for verb, one in lifecycle.ASSIGNMENT.items() if one.target] + ["extend"]


@pytest.fixture
def office():
    return Office(rooms=1)


@pytest.fixture
def row(office):
    with ago(10):
        return assignments_of(office.issue(tasks=1, due_in=4))[0]


def on_day(days_ago):
    day = clock.today() - timedelta(days=days_ago)
    tally = compliance.tally(Assignment.objects.all(), day)
    return {line.slug for line in compliance.LINES.values() if getattr(tally, line.name)}


def test_work_is_not_known_before_it_was_given(row):
    assert on_day(11) == set()
    assert "trong-han" not in on_day(10), "due in four days is due soon"
    assert "sap-den-han" in on_day(10)


def test_what_was_late_stays_late_on_that_day_after_it_was_reported(office, row):
    with ago(3):
        office.report(row)
    with ago(1):
        tracking.accept(row, by=office.monitor)
    assert "qua-han" in on_day(4)
    assert on_day(3) == on_day(2)
    assert "cho-xac-nhan-bao-cao-tre" in on_day(2)
    assert "hoan-thanh-qua-han" in on_day(1)
    assert on_day(0) == on_day(1)


def test_a_deadline_moved_later_leaves_the_past_late(office, row):
    with ago(2):
        tracking.extend(row, by=office.leader, due_on=clock.today() + timedelta(days=9), reason="Chờ")
    assert "qua-han" in on_day(3)
    assert "qua-han" not in on_day(2)


def test_of_several_changes_on_a_day_the_last_one_counts(office, row):
    with ago(3):
        office.report(row)
        tracking.send_back(row, by=office.monitor, reason="Thiếu")
        office.report(row)
    assert Phase.objects.filter(assignment=row).count() == 1
    assert "cho-xac-nhan" in on_day(3)


def test_what_a_revocation_drops_was_owed_until_then(office, row):
    with ago(2):
        issuing.revoke(row.directive, by=office.leader, reason="Sai")
    assert "qua-han" in on_day(3)
    assert on_day(2) == {"thoi-giao"}
    assert Phase.objects.count() == 1


def test_work_given_anew_in_another_duty_was_owed_in_the_first_until_then(office, row):
    told = {"by": office.monitor, "unit": row.unit, "basis": Basis("Đổi vai trò")}
    for days, duty in ((4, Duty.SUPPORT), (2, Duty.LEAD)):
        with ago(days):
            recipients.remove_recipient(row.directive, **told)
        with ago(days - 1):
            shares = [Share(row.task, clock.today() + timedelta(days=5))]
            recipients.add_recipient(row.directive, **told, shares=shares, duty=duty)
    every, duties = Assignment.objects.all(), []
    for days_ago in range(9, -1, -1):
        day = clock.today() - timedelta(days=days_ago)
        (key,) = compliance.tally(every, day).counts
        duties.append(key.duty)
        for duty in Duty:
            rows = compliance.in_duty(every, duty, day)
            assert list(compliance.standing_on(rows, day)) == [row] * (duty == key.duty)
            shown = get(office.leader, "/thong-ke/phan-viec/", **{"ngay": f"{day:%Y-%m-%d}", "vai-tro": duty})
            assert shown.context["count"] == (duty == key.duty and days_ago not in (4, 2))
    assert duties == [Duty.LEAD] * 6 + [Duty.SUPPORT] * 2 + [Duty.LEAD] * 2


def test_words_alone_end_no_phase(office, row):
    tracking.note_progress(row, by=office.head_of(row), text="Đang làm")
    tracking.urge(row, by=office.monitor, text="Nhanh lên", reply_by=clock.today())
    assert not Phase.objects.exists()


def test_a_refused_verb_leaves_no_phase(office, row):
    with pytest.raises(Refused):
        tracking.accept(row, by=office.monitor)
    assert not Phase.objects.exists()
    assert Assignment.objects.get(pk=row.pk).since_on == clock.today() - timedelta(days=10)


def test_the_rows_behind_a_number_are_those_of_that_day(office, row):
    with ago(3):
        office.report(row)
    day = clock.today() - timedelta(days=4)
    line = compliance.LINES["qua-han"]
    assert list(compliance.rows(Assignment.objects.all(), day, line)) == [row]
    assert not compliance.rows(Assignment.objects.all(), clock.today(), line).exists()


def test_a_past_day_costs_one_query(office, row, django_assert_num_queries):
    with ago(3):
        office.report(row)
    with django_assert_num_queries(1):
        compliance.tally(Assignment.objects.all(), clock.today() - timedelta(days=5))


@pytest.mark.parametrize(
    "seed", [1, 2, pytest.param(3, marks=pytest.mark.long), pytest.param(4, marks=pytest.mark.long)]
)
def test_yesterdays_figures_never_move(seed):
    """Random acts over days; what stood each evening is what is told of that day at the end."""
    dice, evenings = Random(seed), {}
    with ago(DAYS):
        world = World()
    for days in range(DAYS - 1, -1, -1):
        with ago(days):
            for _ in range(ACTS):
                _one(world, dice)
            evenings[clock.today()] = _figures(world)
    told = {day: _figures(world, day) for day in evenings}
    assert told == evenings
    assert len({str(figures) for figures in told.values()}) > DAYS / 2
    assert Phase.objects.count() > DAYS / 2


def _figures(world, day=None):
    rows = compliance.visible(world.office.leader)
    return {one.unit_id: one.tally.counts for one in compliance.by_unit(rows, day or clock.today())}


def _one(world, dice):
    with suppress(Refused):
        if dice.random() < 0.25:
            verb = dice.choice(["remove_recipient", "add_recipient"])
            world.change_recipients(verb, world.office.monitor, dice.choice([2, 5, 8, 16, 20]))
        else:
            _act(world, dice)


def _act(world, dice):
    rows = list(Assignment.objects.select_related("directive", "task").order_by("pk"))
    row = dice.choice([row for row in rows if row.state not in ENDED] or rows)
    fitting = [verb for verb in CHANGING if row.state in lifecycle.ASSIGNMENT[verb].sources]
    verb = dice.choice(fitting or ["report"])
    if verb in ("cancel", "transfer") and dice.random() < 0.95:
        return
    able = [person for person in world.people if lifecycle.ASSIGNMENT[verb].rule(person, row)]
    world.act(verb, row, dice.choice(able or world.people), dice.choice([8, 16, 17, 22]))
