"""Whatever people did and whatever is asked, every surface shows the same figures: those counted by hand.

Page, Excel, CSV, command, dashboard (counted live and from the counters), matrix, snapshot and six sheets; and every
number leads to exactly its rows.
"""

import csv
import json
from contextlib import suppress
from html import unescape
from io import BytesIO, StringIO
from random import Random

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from openpyxl import load_workbook

from directives import compliance, freezing, rules
from directives.compliance import BY, COLUMNS, Span, Tally
from directives.models import Snapshot
from tests.figures_world import NUMBER, html
from tests.naive_table import TOTAL, recount
from tests.screens import send, sign_in
from tests.surfaces_world import ask, lived
from tests.test_stories import UndoneError
from units import clock

pytestmark = pytest.mark.django_db
COUNTS = [column for column in COLUMNS if column.is_count]
KEYS = [column.key for column in COLUMNS if column.key != "note"]
# The lines of a tally that the official table has as columns.
LINES = {
    column.key: column.counts.name
    for column in COUNTS
    if any(column.counts is line for line in compliance.LINES.values())
}
PAGE, FEW = 50, 12


@pytest.mark.parametrize("worlds", [2, pytest.param(40, marks=pytest.mark.long)])
def test_any_story_is_counted_as_by_hand(worlds):
    seen, empty, followed = set(), 0, FEW if worlds < 10 else 10**9
    for seed in range(worlds):
        dice = Random(seed)
        with suppress(UndoneError), transaction.atomic():
            world = lived(dice)
            for turn in range(2 if worlds < 10 else 6):
                readers = world.readers
                found = check(world, ask(dice, readers[(seed + turn) % len(readers)]), dice, followed)
                seen, empty = seen | found, empty + (not found)
            raise UndoneError
    rare = {column.key for column in COUNTS} - seen
    assert len(rare) <= (22 if worlds < 10 else 0), rare
    assert empty <= worlds * 2, "most addresses find something"


def check(world, asked, dice, followed):
    """The figures of one address on every surface. Gives the columns in which anything stood."""
    by = dice.choice(list(BY))
    naive = recount(asked.span, asked.of_duty, lambda row: keys_of(row, by, asked.known))
    client = sign_in(asked.reader)
    table = client.get(f"/thong-ke/bieu/?{asked.address(nhom=by)}").context["table"]
    check_table(table, naive)
    check_files(client, asked.address(nhom=by), table)
    check_lists(client, asked, naive.get(TOTAL, {}), dice)
    check_dashboard(client, asked)
    check_links(
        client, [f"/thong-ke/bieu/?{asked.address(nhom=by)}", f"/thong-ke/?{asked.address()}"], dice, followed
    )
    check_matrix(client, asked, dice)
    check_snapshot(client, asked, by, table)
    check_command(world.office, asked.span)
    return {key for key, value in naive.get(TOTAL, {}).items() if value}


def keys_of(row, by, known):
    if by == "nhom-don-vi":
        return known.groups_of(row)
    if by == "linh-vuc":
        return [known.sector_of[row["directive_id"]]]
    return [row[{"don-vi": "unit_id", "van-ban": "directive_id", "co-quan": "issuer_id"}[by]]]


# --- The official table --------------------------------------------------------------------------


def check_table(table, naive):
    assert {row.of.key for row in table.rows} == naive.keys() - {TOTAL}
    for row in table.rows:
        check_row(row, naive[row.of.key])
    check_row(table.total, naive.get(TOTAL, {}))
    assert not table.broken


def check_row(row, naive):
    assert {key: row.values[key] for key in KEYS} == as_shown(naive)
    for rate in row.rates:
        assert rate.value == row.values[rate.column.key], rate.column.key


def as_shown(naive):
    return {key: naive.get(key, None if key.startswith("rate_") else 0) for key in KEYS}


def check_files(client, address, table):
    names = [called(row.of) if table.by == "van-ban" else row.of.name for row in table.rows]
    rows = zip([*names, table.total.of.name], [*table.rows, table.total], strict=True)
    values = [[name, *row.values.values()] for name, row in rows]
    written = from_excel(body(client.get(f"/thong-ke/bieu.xlsx?{address}")), len(values))
    assert written == [rounded(row) for row in values]
    assert from_csv(client.get(f"/thong-ke/bieu.csv?{address}")) == [
        ["" if value is None else plain(value) for value in row] for row in values
    ]
    book = body(client.get(f"/thong-ke/bieu/so-lieu-ky.xlsx?{address}"))
    assert from_excel(book, len(values), sheet=1) == written
    check_sheets(load_workbook(BytesIO(book)).worksheets[2:], table.total.counts)


def called(document):
    return f"{document.code} ngày {clock.printed_day(document.order)}: {document.name}"


def check_sheets(sheets, counts):
    """The lists behind the table of a period; what is due in it has a count of its own."""
    given, done, _due, still_open = (sheet.max_row - 2 for sheet in sheets)
    assert given == counts["assigned"] + counts["transferred_in"]
    assert (done, still_open) == (counts["done"], counts["open"] + counts["awaiting"])


def check_lists(client, asked, naive, dice):
    """The detail list behind a number, on the page and in both files."""
    column = dice.choice([one for one in COUNTS if not one.times])
    number, address = naive.get(column.key, 0), asked.address(**{"chi-tieu": column.slug})
    shown = client.get(f"/thong-ke/bieu/danh-muc/?{address}")
    assert (shown.context["count"], len(shown.context["rows"])) == (number, min(number, PAGE)), column.key
    assert len(from_csv(client.get(f"/thong-ke/bieu/danh-muc.csv?{address}"))) == number, column.key
    book = load_workbook(BytesIO(body(client.get(f"/thong-ke/bieu/danh-muc.xlsx?{address}"))))
    assert book.active.max_row - 2 == number, column.key


# --- The dashboard, the matrix, and what lies behind a number --------------------------------------


def check_dashboard(client, asked):
    """Live and from the counters: the boxes, each unit with what lies below it, each document."""
    naive = recount(asked.span, asked.of_duty)
    by_paper = recount(asked.span, asked.of_duty, lambda row: [row["directive_id"]])
    for counters_from in (10**9, 0):
        with override_settings(COUNTERS_FROM=counters_from):
            shown = client.get(f"/thong-ke/?{asked.address()}").context
        check_tally(shown["tally"], naive.get(TOTAL, {}))
        for one in shown["units"]:
            check_tally(one.tally, below(one, naive, asked.known))
        assert Tally.sum(one.tally for one in shown["units"]).total == naive.get(TOTAL, {}).get("total", 0)
        for one in shown["documents"]:
            check_tally(one.tally, by_paper[one.directive_id])


def check_tally(tally, naive):
    assert {key: getattr(tally, name) for key, name in LINES.items()} == {
        key: naive.get(key, 0) for key in LINES
    }


def below(one, naive, known):
    """A row of the dashboard: a unit alone, or with all below it."""
    units = [
        unit
        for unit in naive.keys() - {TOTAL}
        if unit == one.unit_id or (not one.alone and known.is_below(unit, one.unit_id))
    ]
    return {key: sum(naive[unit].get(key, 0) for unit in units) for key in LINES}


def check_links(client, pages, dice, followed):
    """As many numbers of the pages as said, each with the rows it leads to."""
    links = sorted({link for page in pages for link in NUMBER.findall(html(client.get(page)))})
    for url, number in dice.sample(links, min(len(links), followed)):
        behind, rows = client.get(unescape(url)).context, int(number.replace(".", ""))
        if "chi-tieu=duoc-don-doc" not in url:  # a number of times
            assert (behind["count"], len(behind["found"])) == (rows, min(rows, PAGE)), url


def check_matrix(client, asked, dice):
    """One document: its matrix, its page, its workbook, its dashboard and its row of the list say the same."""
    paper, as_of = dice.choice(asked.known.papers), asked.span.as_of
    check_cells(compliance.matrix(paper, asked.reader, as_of), paper, asked, as_of)
    today = clock.today()
    shown = client.get(f"/van-ban/{paper.pk}/").context
    naive = check_cells(shown["whole"], paper, asked, today)
    check_tally(shown["tally"], naive.get(TOTAL, {}))
    whole = client.get(f"/thong-ke/?van-ban={paper.pk}&vai-tro=tat-ca").context
    assert whole["tally"] == shown["tally"]
    sheet = load_workbook(BytesIO(client.get(f"/van-ban/{paper.pk}/ma-tran.xlsx").content)).active
    around = ("", "chuoi/")
    check_links(client, [f"/van-ban/{paper.pk}/{one}" for one in around], Random(paper.pk), FEW)
    written = [
        (done, total) for done, total in sheet.iter_rows(min_row=5, min_col=3, max_col=4, values_only=True)
    ]
    assert written == [(row.tally.done, row.tally.total) for row in shown["whole"].rows]


def check_cells(matrix, paper, asked, as_of):
    def of_paper(row):
        return row["directive_id"] == paper.pk and row["id"] in asked.known.seen

    by_unit = recount(Span(as_of), of_paper)
    by_task = recount(Span(as_of), of_paper, lambda row: [row["task_id"]])
    check_tally(matrix.tally, by_unit.get(TOTAL, {}))
    for row in matrix.rows:
        check_tally(row.tally, by_unit[row.unit_id])
    for task, tally in matrix.by_task.items():
        check_tally(tally, by_task.get(task, {}))
    return by_unit


# --- What is frozen, and the command ---------------------------------------------------------------


def check_snapshot(client, asked, by, table):
    """Frozen by its button as it stands on the page, each number with its rows, and written so into its file."""
    if not rules.freezing_offices(asked.reader):
        return
    answer = send(client, f"/thong-ke/chot/moi/?{asked.address(nhom=by)}")
    if not table.total.facts:
        assert answer.status_code == 422
        return
    kept = Snapshot.objects.get(code=answer["Location"].split("/")[-2])
    frozen = freezing.frozen_table(kept)
    values = {row.of.key: list(row.values.values()) for row in table.rows}
    assert {row.key: row.values for row in frozen.rows} == values
    assert frozen.total == list(table.total.values.values())
    for at, column in enumerate(COLUMNS):
        if column.is_count and not column.times:
            assert len(list(freezing.rows_behind(kept, at, whole=True))) == frozen.total[at], column.key
    book = client.get(f"/thong-ke/chot/{kept.code}/bieu.xlsx").content
    written = [values for _name, *values in from_excel(book, len(values) + 1)]
    assert written == [rounded(row) for row in [*(row.values for row in frozen.rows), frozen.total]]


def check_command(office, span):
    naive = recount(Span(span.as_of, span.first, span.last), lambda row: row["issuer_id"] == office.unit.pk)
    out = StringIO()
    named = (("from", span.first), ("to", span.last), ("as-of", span.as_of))
    days = [part for name, value in named if value for part in (f"--{name}", str(value))]
    call_command("figures", "--issuer", office.unit.code, *days, "--json", stdout=out)
    said = json.loads(out.getvalue())
    assert {key: said["total"][key] for key in KEYS} == as_shown(naive.get(TOTAL, {}))
    assert len(said["rows"]) == len(naive.keys() - {TOTAL})


# --- Reading files ---------------------------------------------------------------------------------


def body(answer):
    return b"".join(answer.streaming_content)


def from_csv(answer):
    _, *rows = csv.reader(StringIO(body(answer).decode("utf-8-sig")))
    return [row[1:] for row in rows]


def from_excel(book, rows, *, sheet=0):
    found = load_workbook(BytesIO(book)).worksheets[sheet]
    read = found.iter_rows(min_row=5, max_row=4 + rows, min_col=2, values_only=True)
    return [rounded([*values, note or ""]) for *values, note in read]


def rounded(row):
    """A sheet keeps fifteen digits."""
    return [round(value, 12) if isinstance(value, float) else value for value in row]


def plain(value):
    return f"{value:.4f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
