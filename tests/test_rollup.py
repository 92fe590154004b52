"""The counters say what a recount says: after any verb, on any day since they were carried on, two at once, for anybody."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import Q

from directives import compliance, issuing, lifecycle, rollup, rules, tracking
from directives.compliance import Span, Tally
from directives.enums import Standing
from directives.models import Assignment, Mark, Rollup
from units import clock
from units.enums import Role
from units.models import Unit

from .factories import Office, assignments_of, give_role, make_unit, make_user
from .recurring_world import Duties, on
from .rollup_world import agree, paths, today_of
from .screens import ago

pytestmark = pytest.mark.django_db


@pytest.fixture
def work_due_every_day():
    """Work given fifty days ago, one piece due on each day until some weeks from now."""
    with ago(50):
        office = Office(rooms=1)
        draft = office.draft(tasks=70)
        for day, task in enumerate(draft.tasks.order_by("position")):
            draft.tasks.filter(pk=task.pk).update(due_on=clock.today() + timedelta(days=day))
        issuing.sign(issuing.submit(draft, by=office.clerk), by=office.leader)
        issuing.issue(draft, by=office.clerk)
    return office


@pytest.mark.parametrize("lag", [50, 45, 9, 8, 7, 2, 1, 0])
def test_as_many_days_as_the_mark_stays_behind(work_due_every_day, lag):
    with ago(lag):
        rollup.advance()
    assert rollup.faults() == []
    agree(work_due_every_day.leader)


@pytest.mark.parametrize("days", [1, 7, 20])
def test_a_mark_ahead_of_the_clock_is_corrected_too(work_due_every_day, days):
    """A clock that was put back, or a demo that lives through earlier days."""
    rollup.advance()
    with ago(days):
        agree(work_due_every_day.leader)


def test_a_period_that_has_not_begun_counts_nowhere():
    duties = Duties()
    duties.open("2024-09-16")
    for day in ("2024-09-16", "2024-09-30", "2024-10-01", "2024-12-16"):
        with on(day):
            agree(duties.office.leader)
            rollup.advance()
            agree(duties.office.leader)
            told = sum(sum(one.values()) for one in today_of(duties.office.leader).values())
            assert told == (2 if day < "2024-10" else 4)


def test_a_period_dropped_before_it_began_counts_nowhere():
    duties = Duties()
    duties.open("2024-09-16")
    row = duties.row(duties.first, "2024-Q4")
    with on("2024-09-17"):
        rollup.advance()
        tracking.cancel(row, by=duties.office.monitor, reason="Thôi")
        agree(duties.office.leader)
    with on("2024-10-02"):
        agree(duties.office.leader)


# --- Whoever asks -------------------------------------------------------------------------------


@pytest.fixture
def province():
    """A province with two departments; one of them also gives work to the other's rooms."""
    root = make_unit("Tỉnh")
    one, other = Office(parent=root), Office(parent=root)
    with ago(20):
        for office in (one, other):
            first, second, *_ = assignments_of(office.issue(tasks=2, due_in=5))
            office.report(first)
            office.accept(second)
        one.issue(tasks=1, to=[other.rooms[0]], due_in=17)
        rollup.advance()
    return root, one, other


def people(root, one, other):
    return {
        "leader above": make_user(Role.LEADER, root),
        "leader": one.leader,
        "leader of those who got work from outside": other.leader,
        "head": other.heads[other.rooms[0]],
        "clerk who is staff": one.clerk,
        "of two places": give_role(make_user(Role.AUDITOR, one.rooms[0]), Role.HEAD, other.rooms[1]).user,
        "nobody": make_user(),
    }


def test_everybody_reads_what_they_may_see(province):
    for name, user in people(*province).items():
        agree(user)
        assert bool(today_of(user)) == (name != "nobody")


def test_what_is_seen_is_what_units_seen_whole_owe_and_what_overseen_offices_gave(province):
    for user in people(*province).values():
        whole = Q(unit__in=Unit.objects.filter(rules.units_seen_whole(user)))
        given = Q(issuer__in=Unit.objects.filter(rules.overseen_offices(user)))
        assert set(Assignment.objects.filter(whole | given)) == set(compliance.visible(user))


@pytest.mark.parametrize("duty", ["lead", "support"])
def test_of_some_units_and_of_one_duty(province, duty):
    root, one, other = province
    days = clock.today() - timedelta(days=99), clock.today()
    trend = (days, days)
    Assignment.objects.filter(unit=one.rooms[0]).update(duty="support")
    rollup.rebuild()
    for office in (one, other):
        under = Q(path__startswith=office.unit.path)
        rows = compliance.visible(one.leader).filter(duty=duty, unit__path__startswith=office.unit.path)
        told = compliance.Rolled(one.leader, clock.today(), under, *trend, duty)
        counted = {unit: tally.only(duty) for unit, tally in told.tallies.items()}
        live = {one.unit_id: one.tally for one in compliance.by_unit(rows, clock.today())}
        assert {unit: tally for unit, tally in counted.items() if tally.counts} == live
        dated = compliance.tally(rows.filter(due_on__isnull=False), clock.today())
        assert (
            Tally.sum(told.due(duty).values())
            == Tally.sum(told.due_by_row(compliance.Level(), paths()).values())
            == dated
        )


def test_who_only_issued_a_paper_recorded_here_costs_one_question(province, django_assert_num_queries):
    root, _one, _other = province
    make_unit("Bộ Tài chính")
    leader = make_user(Role.LEADER, root)
    rules.memberships(leader)
    days, every = (clock.today(), clock.today()), paths()
    with django_assert_num_queries(4):
        told = compliance.Rolled(leader, clock.today(), trend=days, sparks=days)
        told.units, told.due(), told.reported(), told.due_by_row(compliance.Level(), every)


@pytest.mark.parametrize(("sees_all", "asked"), [(True, 3), (False, 9)])
def test_a_reader_asks_as_much_for_few_units_as_for_many(
    province, django_assert_num_queries, sees_all, asked
):
    root, one, _other = province
    leader = make_user(Role.LEADER, root) if sees_all else one.leader
    rules.memberships(leader)
    days, every = (clock.today(), clock.today()), paths()
    for _ in range(2):
        with django_assert_num_queries(asked):
            told = compliance.Rolled(leader, clock.today(), trend=days, sparks=days)
            told.units, told.due(), told.reported(), told.due_by_row(compliance.Level(), every)
        for _ in range(3):
            one.issue(tasks=2)


@pytest.mark.parametrize(
    ("span", "served"),
    [
        (Span(date(2026, 11, 26)), True),
        (Span(date(2026, 11, 26), date(2026, 1, 1), date(2026, 12, 31)), True),
        (Span(date(2026, 11, 26), date(2026, 11, 15), date(2026, 11, 26)), True),
        (Span(date(2026, 11, 26), date(2026, 11, 16), date(2026, 12, 31)), False),
        (Span(date(2026, 11, 26), date(2026, 10, 1), date(2026, 11, 25)), False),
        (Span(date(2026, 11, 25)), False),
        (Span(date(2026, 11, 25), date(2026, 10, 1), date(2026, 12, 31)), False),
    ],
    ids=str,
)
def test_what_the_counters_know(span, served):
    with clock.travel(clock.now().replace(year=2026, month=11, day=26, hour=3)):
        assert compliance.serves(span) is served


# --- Keeping them ---------------------------------------------------------------------------------


def command(act):
    out = StringIO()
    try:
        call_command("rollup", act, stdout=out)
    except SystemExit as ended:
        return out.getvalue(), ended.code
    return out.getvalue(), 0


def test_a_column_for_each_standing_and_no_other():
    counted = {field.name for field in Rollup._meta.concrete_fields} - {"id", "unit", *rollup.Key._fields}
    assert counted - {"unit"} == set(Standing)


def test_verify_says_what_differs_and_rebuild_mends_it(province):
    assert command("verify") == ("0 mismatches\n", 0)
    Rollup.objects.filter(axis="all", awaiting__gt=0).update(awaiting=7)
    printed, code = command("verify")
    assert code == 1
    assert "awaiting -6" in printed
    assert printed.endswith("2 mismatches\n")
    assert command("rebuild")[1] == 0
    assert command("verify") == ("0 mismatches\n", 0)


def test_what_was_changed_behind_the_counters_is_found(province):
    Assignment.objects.filter(due_on__isnull=False).update(due_on=clock.today() + timedelta(days=60))
    assert command("verify")[1] == 1


def test_advance_carries_them_to_today_and_adds_them_up(province):
    _root, one, _other = province
    with ago(1):
        rollup.advance()
    row = (
        Assignment.objects.select_related("directive").filter(unit=one.rooms[1], state="not_started").first()
    )
    one.report(row)
    before, booked = today_of(one.leader), Rollup.objects.count()
    assert rollup.advance() > 0
    keys = list(Rollup.objects.values_list(*rollup.Key._fields))
    assert len(keys) == len(set(keys)) < booked, "of every key one row"
    assert not Rollup.objects.filter(**dict.fromkeys(rollup.COLUMNS, 0)).exists()
    assert Mark.objects.get().as_of == clock.today()
    assert today_of(one.leader) == before
    assert rollup.faults() == []
    assert rollup.advance() == 0


def test_an_act_that_moves_nothing_books_nothing(province):
    _root, one, _other = province
    booked = Rollup.objects.count()
    row = (
        Assignment.objects.select_related("directive").filter(unit=one.rooms[1], state="not_started").first()
    )
    lifecycle.advance(row, "acknowledge", by=one.head_of(row))
    assert Rollup.objects.count() == booked


def test_without_a_mark_pages_count_live_and_verbs_go_on(province):
    _root, one, _other = province
    Mark.objects.all().delete()
    assert not compliance.Rolled(one.leader, clock.today()).is_kept
    one.issue(tasks=1)
    assert command("verify")[1] == 1
    rollup.rebuild()
    agree(one.leader)
