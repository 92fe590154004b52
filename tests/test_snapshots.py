"""Frozen figures: what later happens moves nothing of them, and what has changed since is told exactly."""

import zlib
from contextlib import suppress
from datetime import timedelta
from functools import partial
from operator import attrgetter
from random import Random

import pytest
from django.db import transaction

from directives import compliance, freezing, rules, tracking
from directives.compliance import COLUMNS, Span, official_table
from directives.enums import AssignmentState, UrgingKind
from directives.errors import Incomplete, NotAllowed, Refused, Stale
from directives.freezing import changes, frozen_table, rows_behind, seal, taking
from directives.models import Assignment, FrozenRows, Snapshot, Urging
from directives.templatetags.history import event_sentence, feed_sentence
from tests.factories import Office, assignments_of, make_user
from tests.figures_world import mixed_document
from tests.surfaces_world import ACTS, DAYS, Desk, act
from tests.test_stories import UndoneError
from units import clock
from units.enums import Role
from units.models import Event

pytestmark = pytest.mark.django_db
AT = {column.key: at for at, column in enumerate(COLUMNS)}


@pytest.fixture
def office():
    return Office(rooms=3)


def taken(office, span=None, **others):
    by = others.pop("by", office.monitor)
    span = span or Span(clock.today())
    return freezing.freeze(Assignment.objects.all(), span, by=by, office=office.unit, **others)


def kept(snapshot):
    """All that a snapshot says, read again from the database."""
    again = Snapshot.objects.get(pk=snapshot.pk)
    return frozen_table(again), [row for chunk in freezing.rows.chunks(again) for row in chunk]


def now(office, span, **others):
    known = Assignment.objects.filter(rules.overseen_assignments(office.unit))
    return official_table(known, span, **others)


def same(frozen, table):
    return (
        [(row.key, row.values) for row in frozen.rows] == [(row.of.key, shown(row)) for row in table.rows]
        and frozen.total == shown(table.total)
        and frozen.checks == [(one.said, one.holds) for one in table.invariants]
    )


def shown(row):
    return [row.values[column.key] for column in COLUMNS]


def told(snapshot):
    return {change.then.assignment_id: change.what for change in changes(snapshot, today_of(snapshot))}


def today_of(snapshot):
    return Span(clock.today(), snapshot.first_on, snapshot.last_on)


def test_a_snapshot_is_the_table_with_the_rows_behind_each_number(office):
    mixed_document(office)
    snapshot = taken(office)
    table = now(office, Span(clock.today()))
    frozen, rows = kept(snapshot)
    assert same(frozen, table)
    assert snapshot.row_count == len(rows) == 6
    for at, column in enumerate(COLUMNS):
        if column.is_count and not column.times:
            assert len(list(rows_behind(snapshot, at, whole=True))) == frozen.total[at], column.key
            for row in frozen.rows:
                assert len(list(rows_behind(snapshot, at, row.key, whole=False))) == row.values[at]


def test_the_code_is_short_and_can_be_read_aloud(office):
    office.issue()
    codes = {taken(office, period="2026-Q3c").code for _ in range(5)} | {taken(office).code}
    assert len(codes) == 6
    assert all(len(code) <= 17 and not set(code[-4:]) & set("0O1IL5S2Z8B") for code in codes)
    assert {code[:-4] for code in codes} == {"CS-2026-Q3C-", f"CS-{clock.today():%Y-%m%d}-"}


def test_whoever_changes_a_number_a_row_or_the_seal_breaks_it(office):
    mixed_document(office)
    snapshot = taken(office)
    assert not freezing.broken(snapshot)
    figures = dict(snapshot.figures)
    figures["total"] = [9, *figures["total"][1:]]
    Snapshot.objects.filter(pk=snapshot.pk).update(figures=figures)
    assert freezing.broken(Snapshot.objects.get(pk=snapshot.pk))
    other = taken(office)
    Snapshot.objects.filter(pk=other.pk).update(seal="0" * 64)
    assert freezing.broken(Snapshot.objects.get(pk=other.pk))
    third = taken(office)
    chunk = FrozenRows.objects.get(snapshot=third)
    FrozenRows.objects.filter(pk=chunk.pk).update(
        packed=zlib.compress(zlib.decompress(bytes(chunk.packed)).replace(b"overdue", b"in_time"))
    )
    with pytest.raises(Stale, match="niêm phong"):
        list(rows_behind(third, AT["total"], whole=True))
    FrozenRows.objects.filter(pk=chunk.pk).update(packed=b"hong")
    with pytest.raises(Stale, match="niêm phong"):
        list(rows_behind(third, AT["total"], whole=True))
    FrozenRows.objects.filter(pk=chunk.pk).delete()
    assert freezing.broken(third)
    fourth = taken(office)
    Snapshot.objects.filter(pk=fourth.pk).update(taken_at=fourth.taken_at - timedelta(days=30))
    assert freezing.broken(Snapshot.objects.get(pk=fourth.pk))


def test_a_seal_of_the_first_kind_still_holds(office, monkeypatch):
    """It did not say when it was set."""
    mixed_document(office)
    monkeypatch.setattr(taking, "seal_of", partial(seal.seal_of, fields=seal.SEALED_FIRST))
    snapshot = taken(office)
    assert not freezing.broken(snapshot)
    Snapshot.objects.filter(pk=snapshot.pk).update(taker="Người khác")
    assert freezing.broken(Snapshot.objects.get(pk=snapshot.pk))


def test_it_stands_in_the_record_of_the_office(office):
    office.issue()
    snapshot = taken(office)
    event = Event.objects.get(verb="freeze")
    assert event.chain == f"figures:{office.unit.pk}"
    assert event.after == {
        "code": snapshot.code,
        "as_of": snapshot.as_of.isoformat(),
        "rows": 6,
        "seal": snapshot.seal,
    }
    assert event_sentence(event) == feed_sentence(event) == f"Chốt số liệu, mã {snapshot.code}"
    assert Event.objects.filter(rules.visible_events(office.leader), pk=event.pk).exists()
    assert not Event.objects.filter(rules.visible_events(office.heads[office.rooms[0]]), pk=event.pk).exists()


def test_who_freezes_and_who_sees(office):
    """Leaders and monitors of the very office freeze; whoever oversees all its rows sees."""
    office.issue()
    above = office.unit.parent
    people = {
        "leader": office.leader, "monitor": office.monitor, "clerk": office.clerk, "head": office.heads[office.rooms[0]],
        "auditor": make_user(Role.AUDITOR, office.unit), "stranger": Office(rooms=1).monitor, "admin": make_user(Role.ADMIN, office.unit),
    }  # fmt: skip
    assert above is None
    freezers = {name for name, person in people.items() if rules.can_freeze(person, office.unit)}
    assert freezers == {"leader", "monitor"}
    for name, person in people.items():
        if name not in freezers:
            with pytest.raises(NotAllowed):
                taken(office, by=person)
    snapshot = taken(office)
    seers = {
        name
        for name, person in people.items()
        if Snapshot.objects.filter(rules.visible_snapshots(person), pk=snapshot.pk).exists()
    }
    assert seers == {"leader", "monitor", "clerk", "auditor"}


def test_no_more_is_frozen_than_the_office_oversees(office):
    office.issue(tasks=1)
    other = Office(rooms=2)
    other.issue(tasks=2)
    assert taken(office).row_count == 3
    below = Office(rooms=1, parent=office.unit)
    below.issue(tasks=1)
    assert taken(office).row_count == 4
    assert taken(below).row_count == 1


def test_nothing_and_too_much_are_refused(office, monkeypatch):
    with pytest.raises(Incomplete, match="Không có phần việc nào"):
        taken(office)
    office.issue(tasks=2)
    monkeypatch.setattr(freezing.taking, "MOST_ROWS", 5)
    with pytest.raises(Incomplete, match="6 phần việc"):
        taken(office)
    assert not Snapshot.objects.exists()


@pytest.mark.parametrize("stays_the_same_in_all", [False, True])
def test_what_changes_while_it_is_frozen_is_not_frozen(office, stays_the_same_in_all):
    """Also where two units change so that the whole stays as it was."""
    one, other, *_ = assignments_of(office.issue(tasks=1))
    tracking.acknowledge(other, by=office.head_of(other))

    def change(table):
        assert table.total.values["not_acknowledged"] == 2
        tracking.acknowledge(one, by=office.head_of(one))
        if stays_the_same_in_all:
            Assignment.objects.filter(pk=other.pk).update(state=AssignmentState.NOT_STARTED)
        return ["ghi chú"]

    with pytest.raises(Stale):
        taken(office, notes=change)
    assert not Snapshot.objects.exists()
    assert kept(taken(office, notes=lambda table: [str(table.total.values["total"])]))[0].notes == ["3"]


def test_rows_are_kept_by_the_thousand(office, monkeypatch):
    mixed_document(office)
    whole = kept(taken(office))[1]
    monkeypatch.setattr(freezing.rows, "CHUNK", 2)
    snapshot = taken(office)
    assert snapshot.chunks.count() == 3
    assert kept(snapshot)[1] == whole


@pytest.mark.parametrize("worlds", [1, pytest.param(40, marks=pytest.mark.long)])
def test_any_story_leaves_a_snapshot_where_it_was(worlds):
    taken_of_all = 0
    for seed in range(worlds):
        with suppress(UndoneError), transaction.atomic():
            taken_of_all += check_story(Random(seed))
            raise UndoneError
    assert taken_of_all > worlds * 5


def check_story(dice) -> int:
    """A snapshot of each evening is the recount of that evening from today, and what changed since is all that did. Gives
    how many were taken."""
    began = clock.now() - timedelta(days=DAYS)
    with clock.travel(began):
        world = Desk()
    frozen, passed = [], 0
    for _ in range(ACTS):
        evening = dice.choice([0, 0, 1, 2])
        with clock.travel(began + timedelta(days=passed)):
            with suppress(Refused):
                act(world, dice)
            if evening and dice.random() < 0.3:
                span = Span(
                    clock.today(), dice.choice([None, clock.today() - timedelta(days=dice.randrange(30))])
                )
                snapshot = taken(world.office, span, rows_of=dice.choice(list(compliance.BY)[::2]))
                frozen.append((snapshot, span, kept(snapshot)))
        passed = min(DAYS, passed + evening)
    for snapshot, span, first in frozen:
        assert kept(snapshot) == first
        assert not freezing.broken(snapshot)
        assert same(first[0], now(world.office, span, by=first[0].by))
        check_changes(snapshot, first[1])
    return len(frozen)


def check_changes(snapshot, rows):
    """Told are exactly the rows that stand otherwise than they did."""
    today = compliance.standing_on(Assignment.objects.all(), clock.today())
    same = attrgetter("state", "stands", "due_on", "reported_on", "issued_on", "duty")
    stands = {row.pk: same(row) for row in today}
    moved = {row.assignment_id for row in rows if stands[row.assignment_id] != same(row)}
    told_ = told(snapshot)
    assert moved <= set(told_)
    since = min(compliance.end_of(snapshot.as_of), snapshot.taken_at)
    urgings = Urging.objects.filter(urged_at__gte=since, kind=UrgingKind.URGE)
    urged = {one.assignment_id for one in urgings} & {row.assignment_id for row in rows}
    assert {key for key, what in told_.items() if "urged" in what} == urged
    for key in set(told_) - moved:
        assert set(told_[key]) <= {"returned", "urged", "asked", "updated", "time"}
