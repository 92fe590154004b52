"""The official table: what each column counts, what must add up, and that every surface shows the same numbers."""

import json
from contextlib import suppress
from datetime import timedelta
from io import StringIO
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from directives import compliance, lifecycle, tracking
from directives.compliance import COLUMNS, LISTED, Span, official_table
from directives.errors import Refused
from directives.models import Assignment
from tests.factories import Office, assignments_of
from tests.naive_table import recount
from tests.screens import ago
from tests.test_stories import UndoneError, World
from units import clock

pytestmark = pytest.mark.django_db
KEYS = [column.key for column in COLUMNS]


def day(days_ago):
    return clock.today() - timedelta(days=days_ago)


@pytest.fixture
def office():
    return Office(rooms=3)


def table(span=None, **chosen):
    return official_table(Assignment.objects.all(), span or Span(clock.today()), **chosen)


def counted(row):
    """What is not nothing."""
    return {key: value for key, value in row.values.items() if value and not key.startswith("rate_")}


def command(office, *options):
    out = StringIO()
    call_command("figures", "--issuer", office.unit.code, *options, stdout=out)
    return out.getvalue()


# --- What a column counts ------------------------------------------------------------------------


def test_the_columns_are_those_of_the_contract_in_their_order():
    assert KEYS == [
        "carried_over",
        "assigned",
        "transferred_in",
        "transferred_out",
        "withdrawn",
        "total",
        "dated",
        "undated",
        "done",
        "done_early",
        "done_on_time",
        "done_late",
        "done_undated",
        "awaiting",
        "awaiting_late",
        "open",
        "open_in_time",
        "open_due_soon",
        "open_overdue",
        "open_undated",
        "paused",
        "overdue_1_7",
        "overdue_8_30",
        "overdue_over_30",
        "returned",
        "extension_asked",
        "extension_granted",
        "urgings",
        "not_acknowledged",
        "silent_30",
        "rate_headline",
        "rate_done_of_total",
        "rate_on_time_of_done",
        "rate_done_of_due",
        "rate_updated",
        "rate_headline_first_deadline",
        "note",
    ]


@pytest.mark.parametrize(
    ("late", "band"),
    [
        (1, "overdue_1_7"),
        (7, "overdue_1_7"),
        (8, "overdue_8_30"),
        (30, "overdue_8_30"),
        (31, "overdue_over_30"),
    ],
)
def test_overdue_work_stands_in_one_band(office, late, band):
    with ago(late + 5):
        office.issue(tasks=1, due_in=5, to=office.rooms[:1])
    found = counted(table().total)
    assert (found["open_overdue"], found[band]) == (1, 1)
    assert len({"overdue_1_7", "overdue_8_30", "overdue_over_30"} & found.keys()) == 1


def test_an_extension_is_asked_for_by_the_unit_and_granted_by_the_office(office):
    with ago(20):
        asked, unasked, refused = assignments_of(office.issue(tasks=1))
    later = asked.due_on + timedelta(days=9)
    with ago(10):
        for row in (asked, refused):
            tracking.request_extension(row, by=office.head_of(row), due_on=later, reason="Mưa lũ")
        for row in (asked, unasked):
            tracking.extend(row, by=office.leader, due_on=later, reason="Mưa lũ")
        tracking.refuse_extension(refused, by=office.leader, reason="Đủ thời gian")

    def shown(span):
        values = table(span).total.values
        return values["extension_asked"], values["extension_granted"]

    assert shown(Span(day(0))) == shown(Span(day(0), day(10))) == (2, 2)
    assert shown(Span(day(0), day(9))) == shown(Span(day(11))) == (0, 0)


def test_urgings_are_counted_as_often_as_the_office_urged(office):
    with ago(20):
        row, *_ = assignments_of(office.issue(tasks=1))
    for days in (10, 3):
        with ago(days):
            tracking.urge(row, by=office.monitor, text="Đề nghị báo cáo", reply_by=day(0))
    assert [table(Span(day(0), day(n))).total.values["urgings"] for n in (10, 9, 2)] == [2, 1, 0]
    behind = compliance.rows(Assignment.objects.all(), Span(day(0)), LISTED["duoc-don-doc"])
    assert list(behind) == [row]


def test_whoever_says_nothing_for_thirty_days_is_silent(office):
    with ago(60):
        silent, noted, fresh = assignments_of(office.issue(tasks=1, due_in=90))
        for row in (silent, noted):
            tracking.acknowledge(row, by=office.head_of(row))
    with ago(30):
        tracking.note_progress(noted, by=office.head_of(noted), text="Đang làm", percent=5)
    behind = compliance.rows(Assignment.objects.all(), Span(day(0)), LISTED["chua-cap-nhat-30-ngay"])
    assert set(behind) == {silent, fresh}
    total = table().total
    assert (total.values["silent_30"], total.values["rate_updated"], total.updated) == (2, 1 / 3, 1)
    assert table(Span(day(30))).total.values["silent_30"] == 0
    assert table(Span(day(29))).total.values["silent_30"] == 2


def test_a_deadline_that_was_moved_counts_in_one_rate_and_not_in_the_other(office):
    with ago(30):
        row, *_ = assignments_of(office.issue(tasks=1, due_in=5, to=office.rooms[:1]))
        tracking.extend(row, by=office.leader, due_on=row.due_on + timedelta(days=15), reason="Mưa lũ")
    with ago(20):
        office.accept(row)
    values = table().total.values
    assert (values["rate_headline"], values["rate_headline_first_deadline"]) == (1.0, 0.0)


def test_what_was_opened_again_let_off_or_handed_on_is_told_in_words(office):
    with ago(50):
        done, off, moved = assignments_of(office.issue(tasks=1))
        office.accept(done)
    tracking.reopen(done, by=office.monitor, reason="Sai số liệu")
    tracking.cancel(off, by=office.monitor, reason="Không còn phù hợp")
    tracking.transfer(moved, by=office.monitor, unit=office.room, reason="Đúng chức năng")
    found = table(Span(day(0), day(10)))
    assert found.total.note == "1 việc mở lại; 1 việc thôi giao; 1 việc chuyển đơn vị khác"
    names = "carried_over transferred_in transferred_out withdrawn total open"
    assert [found.total.values[name] for name in names.split()] == [3, 1, 1, 1, 2, 2]
    assert not found.broken


# --- One row per … -------------------------------------------------------------------------------


def test_by_document_by_office_and_by_group(office):
    office.issue(tasks=2), office.issue(tasks=1, to=office.rooms[:1])
    first, second, third = office.rooms
    groups = [
        compliance.Group(1, "Khối A", frozenset([first.pk, second.pk])),
        compliance.Group(2, "Khối B", frozenset([second.pk])),
    ]
    totals = {
        by: [(row.of.name, row.values["total"]) for row in table(by=by, groups=groups).rows]
        for by in compliance.BY
    }
    assert sorted(n for _, n in totals["don-vi"]) == [2, 2, 3]
    assert sorted(n for _, n in totals["van-ban"]) == [1, 6]
    assert totals["co-quan"] == [(office.unit.name, 7)]
    assert totals["nhom-don-vi"] == [("Khối A", 5), ("Khối B", 2), ("Đơn vị ngoài các nhóm", 2)]
    overlapping = table(by="nhom-don-vi", groups=groups)
    assert (overlapping.is_overlapping, overlapping.total.values["total"], overlapping.broken) == (
        True,
        7,
        [],
    )


def test_two_queries_for_one_unit_and_for_three(office):
    def queries():
        with CaptureQueriesContext(connection) as found:
            table(Span(day(0), day(10)))
        return len(found)

    office.issue(tasks=1, to=office.rooms[:1])
    one = queries()
    office.issue(tasks=3)
    assert one == queries() == 2


# --- The command ---------------------------------------------------------------------------------


def test_the_command_prints_the_contract(office):
    with ago(20):
        office.accept(assignments_of(office.issue(tasks=2, due_in=5))[0])
    said = json.loads(
        command(office, "--from", str(day(30)), "--to", str(day(0)), "--as-of", str(day(3)), "--json")
    )
    assert list(said) == [
        "issuer",
        "from",
        "to",
        "as_of",
        "period_rule",
        "columns",
        "rows",
        "total",
        "invariants",
    ]
    assert (said["issuer"], said["from"], said["as_of"]) == (office.unit.code, str(day(30)), str(day(3)))
    assert said["columns"] == KEYS
    assert [list(row) for row in said["rows"]] == [["unit_code", "unit", *KEYS]] * 3
    assert list(said["total"]) == KEYS
    assert (said["total"]["total"], said["total"]["done"], said["total"]["rate_headline"]) == (6, 1, 1 / 6)
    assert all(one["holds"] for one in said["invariants"])
    assert "Tổng số" in command(office)


@pytest.mark.parametrize(
    ("first", "last", "rule"),
    [
        ("2024-01-01", "2024-03-31", "calendar"),
        ("2023-12-15", "2024-03-14", "cut_off"),
        ("2024-01-02", "2024-03-31", "free"),
        (None, "2024-03-31", "all"),
    ],
)
def test_the_command_says_by_which_rule_the_period_runs(office, first, last, rule):
    days = ["--to", last, *(["--from", first] if first else []), "--json"]
    said = json.loads(command(office, *days))
    assert (said["period_rule"], said["rows"], said["total"]["total"]) == (rule, [], 0)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--issuer", "KHONG-CO"], "No unit has the code KHONG-CO"),
        (["--to", "31/3/2024"], "31/3/2024 is no day"),
        (["--from", "2024-03-31", "--to", "2024-01-01"], "--to must not be earlier"),
        (["--as-of", "2999-01-01"], "a day to come"),
        (["--from", "2024-03-31", "--as-of", "2024-01-01"], "--from must not be later"),
    ],
)
def test_the_command_refuses_in_a_sentence(office, options, sentence):
    with pytest.raises(CommandError, match=sentence):
        command(office, *options)


# --- All surfaces agree ----------------------------------------------------------------------------

ACTS, DAYS = 70, 75
COMMON = {"report": 8, "accept": 8, "transfer": 3}


@pytest.mark.parametrize("worlds", [2, pytest.param(60, marks=pytest.mark.long)])
def test_any_story_is_counted_as_by_hand(worlds):
    seen = set()
    for seed in range(worlds):
        dice = Random(seed)
        with suppress(UndoneError), transaction.atomic():
            world = lived(dice)
            for _ in range(3 if worlds < 10 else 6):
                seen |= check(world, spanned(dice), dice)
            raise UndoneError
    rare = {column.key for column in COLUMNS if column.is_count} - seen
    assert len(rare) <= (10 if worlds < 10 else 0), rare


def lived(dice):
    """A story told over some weeks: on each day somebody does something, or nobody anything."""
    began = clock.now() - timedelta(days=DAYS)
    with clock.travel(began):
        world = World()
    passed = 0
    for _ in range(ACTS):
        passed = min(DAYS, passed + dice.choice([0, 0, 1, 1, 2, 3]))
        with clock.travel(began + timedelta(days=passed)), suppress(Refused):
            act(world, dice)
    return world


def act(world, dice):
    """Mostly what the state of some work allows, by whoever may."""
    if dice.random() < 0.08:
        return world.office.issue(tasks=2, to=world.office.rooms[:2], due_in=dice.choice([None, 2, 8, 20]))
    if dice.random() < 0.06:
        verb = dice.choice(["add_recipient", "remove_recipient"])
        return world.change_recipients(verb, world.office.monitor, dice.randrange(26))
    row = dice.choice(list(Assignment.objects.select_related("directive", "task").order_by("pk")))
    able = [one for one in lifecycle.ASSIGNMENT.values() if row.state in one.sources]
    if dice.random() < 0.7:
        able = [one for one in able if one.verb not in ("cancel", "transfer")]  # what ends a story
    if not able:
        return None
    one = dice.choice([one for one in able for _ in range(COMMON.get(one.verb, 1))])
    by = next((person for person in world.people if one.rule(person, row)), world.office.monitor)
    return world.act(one.verb, row, by, dice.randrange(26))


def spanned(dice):
    """A period among the days of the story, or none, as known on one of them."""
    as_of = dice.randrange(DAYS)
    first = dice.choice([None, as_of + dice.randrange(40)])
    last = dice.choice([None, dice.randrange(first + 1 if first else as_of + 20)])
    return Span(day(as_of), first and day(first), last and day(last))


def check(world, span, dice):
    unit = dice.choice([None, *world.office.rooms])
    wanted = Assignment.objects.filter(unit=unit) if unit else Assignment.objects.all()
    found = official_table(wanted, span)
    naive = recount(span, lambda row: unit is None or row["unit_id"] == unit.pk)
    assert {row.of.key for row in found.rows} == naive.keys() - {None}
    for row in (*found.rows, found.total):
        expected = naive.get(row.of.key, {})
        shown = {key: row.values[key] for key in KEYS if key != "note"}
        assert shown == {key: expected.get(key, None if key.startswith("rate_") else 0) for key in shown}
        if row.of.key:
            check_rows_behind(wanted.filter(unit=row.of.key), span, row)
    assert not found.broken
    return {key for key, value in found.total.values.items() if value}


def check_rows_behind(wanted, span, row):
    for column in COLUMNS:
        if column.is_count and not column.times and row.values[column.key]:
            assert compliance.count(wanted, span, column.counts) == row.values[column.key], column.key
