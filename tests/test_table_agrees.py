"""Whatever people did, every surface shows the same official table: page, Excel, CSV, command, dashboard, rows."""

import csv
import json
from contextlib import suppress
from datetime import timedelta
from io import BytesIO, StringIO
from random import Random

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils.http import urlencode
from openpyxl import load_workbook

from directives import compliance, issuing, lifecycle
from directives.compliance import COLUMNS, Span, official_table
from directives.enums import Duty
from directives.errors import Refused
from directives.models import Assignment, TaskUnit
from tests.naive_table import recount
from tests.screens import sign_in
from tests.test_stories import UndoneError, World
from units import clock

pytestmark = pytest.mark.django_db
KEYS = [column.key for column in COLUMNS]
ACTS, DAYS = 70, 75
COMMON = {"report": 8, "accept": 8, "transfer": 3}


def day(days_ago):
    return clock.today() - timedelta(days=days_ago)


@pytest.mark.parametrize("worlds", [2, pytest.param(40, marks=pytest.mark.long)])
def test_any_story_is_counted_as_by_hand(worlds):
    seen = set()
    for seed in range(worlds):
        dice = Random(seed)
        with suppress(UndoneError), transaction.atomic():
            world = lived(dice)
            for _ in range(2 if worlds < 10 else 6):
                seen |= check(world, spanned(dice), dice)
            raise UndoneError
    rare = {column.key for column in COLUMNS if column.is_count} - seen
    assert len(rare) <= (22 if worlds < 10 else 0), rare


# --- A story -------------------------------------------------------------------------------------


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
        return issue(world.office, dice)
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


def issue(office, dice):
    """One more document, of some tasks of which one room supports the other."""
    draft = office.draft(tasks=2, to=office.rooms[:2], due_in=dice.choice([None, 2, 8, 20]))
    if dice.random() < 0.5:
        for unit, duty in zip(office.rooms, Duty, strict=False):
            TaskUnit.objects.create(task=draft.tasks.first(), unit=unit, duty=duty)
    issuing.submit(draft, by=office.clerk)
    issuing.sign(draft, by=office.leader)
    return issuing.issue(draft, by=office.clerk)


def spanned(dice):
    """A period among the days of the story, or none, as known on one of them."""
    as_of = dice.randrange(DAYS)
    first = dice.choice([None, as_of + dice.randrange(40)])
    last = dice.choice([None, dice.randrange(first + 1 if first else as_of + 20)])
    return Span.until(day(as_of if last is None else last), first=first and day(first), as_of=day(as_of))


# --- Its figures ---------------------------------------------------------------------------------


def check(world, span, dice):
    receiving = [room for room in world.office.rooms if room.assignments.exists()]
    unit, duty = (
        dice.choice([None, *receiving]),
        dice.choice(["tat-ca", Duty.LEAD, "tat-ca", Duty.SUPPORT]),
    )
    wanted = Assignment.objects.filter(**{} if unit is None else {"unit": unit})
    wanted = wanted if duty == "tat-ca" else wanted.filter(duty=duty)
    naive = recount(
        span,
        lambda row: (unit is None or row["unit_id"] == unit.pk) and duty in ("tat-ca", row["duty"]),
    )
    found = official_table(wanted, span)
    assert {row.of.key for row in found.rows} == naive.keys() - {None}
    for row in (*found.rows, found.total):
        check_row(row, naive.get(row.of.key, {}))
        if row.of.key:
            check_rows_behind(wanted.filter(unit=row.of.key), span, row)
    assert not found.broken
    check_surfaces(world, span, found, {"vai-tro": duty} | ({"don-vi": unit.pk} if unit else {}))
    if unit is None and duty == "tat-ca":
        check_command(world, span, found)
    return {key for key, value in found.total.values.items() if value}


def check_row(row, naive):
    shown = {key: row.values[key] for key in KEYS if key != "note"}
    assert shown == {key: naive.get(key, None if key.startswith("rate_") else 0) for key in shown}
    for rate in row.rates:
        assert rate.value == row.values[rate.column.key], rate.column.key


def check_rows_behind(wanted, span, row):
    for column in COLUMNS:
        if column.is_count and not column.times and row.values[column.key]:
            assert compliance.count(wanted, span, column.counts) == row.values[column.key], column.key


def check_surfaces(world, span, found, query):
    """The page, both files, the dashboard and the detail list, as the leader reads them."""
    days = {"tu": span.first, "den": span.last, "ngay": span.as_of}
    address = urlencode(query | {name: value.isoformat() for name, value in days.items() if value})
    client = sign_in(world.office.leader)
    values = [[row.of.name, *row.values.values()] for row in (*found.rows, found.total)]
    shown = client.get(f"/thong-ke/bieu/?{address}").context["table"]
    assert [[row.of.name, *row.values.values()] for row in (*shown.rows, shown.total)] == values
    assert from_excel(client.get(f"/thong-ke/bieu.xlsx?{address}"), len(values)) == [
        rounded(row) for row in values
    ]
    assert from_csv(client.get(f"/thong-ke/bieu.csv?{address}")) == [
        ["" if value is None else plain(value) for value in row] for row in values
    ]
    listed = from_csv(client.get(f"/thong-ke/bieu/danh-muc.csv?{address}"))
    assert len(listed) == found.total.values["total"]
    assert client.get(f"/thong-ke/?{address}").context["tally"] == found.total.tally


def check_command(world, span, found):
    out = StringIO()
    named = (("from", span.first), ("to", span.last), ("as-of", span.as_of))
    days = [part for name, value in named if value for part in (f"--{name}", str(value))]
    call_command("figures", "--issuer", world.office.unit.code, *days, "--json", stdout=out)
    said = json.loads(out.getvalue())
    assert said["total"] == found.total.values
    assert [[row[key] for key in KEYS] for row in said["rows"]] == [
        list(row.values.values()) for row in found.rows
    ]


def body(answer):
    return b"".join(answer.streaming_content)


def from_csv(answer):
    _, *rows = csv.reader(StringIO(body(answer).decode("utf-8-sig")))
    return [row[1:] for row in rows]


def from_excel(answer, rows):
    sheet = load_workbook(BytesIO(body(answer))).active
    read = sheet.iter_rows(min_row=5, max_row=4 + rows, min_col=2, values_only=True)
    return [rounded([*values, note or ""]) for *values, note in read]


def rounded(row):
    """A sheet keeps fifteen digits."""
    return [round(value, 12) if isinstance(value, float) else value for value in row]


def plain(value):
    return f"{value:.4f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
