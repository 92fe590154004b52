"""The official table: what each column counts, what must add up, and that every surface shows the same numbers."""

import json
import re
from datetime import date, timedelta
from html import unescape
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directives import compliance, tracking
from directives.compliance import COLUMNS, LISTED, Span, official_table
from directives.models import Assignment, Sector
from tests.factories import Office, assignments_of, make_user
from tests.government_world import Published
from tests.screens import ago, page, sign_in
from units import clock
from units.enums import Role

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


def test_a_request_that_is_taken_back_was_made_all_the_same(office):
    with ago(20):
        (row,) = assignments_of(office.issue(tasks=1))[:1]
    with ago(10):
        later = row.due_on + timedelta(days=9)
        tracking.request_extension(row, by=office.head_of(row), due_on=later, reason="Mưa lũ")
    before = table(Span(day(9))).total.values["extension_asked"]
    with ago(8):
        tracking.withdraw_request(row, by=office.head_of(row))
    assert table(Span(day(9))).total.values["extension_asked"] == before == 1


def test_an_extension_the_office_gives_unasked_is_asked_for_by_nobody(office):
    (row, *_others) = assignments_of(office.issue(tasks=1))
    tracking.extend(row, by=office.leader, due_on=row.due_on + timedelta(days=9), reason="Mưa lũ")
    values = table().total.values
    assert (values["extension_asked"], values["extension_granted"]) == (0, 1)


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


def test_what_is_laid_before_the_head_alone_is_no_word_of_the_unit(office):
    with ago(60):
        row, *_ = assignments_of(office.issue(tasks=1, due_in=90, to=office.rooms[:1]))
        worker = make_user(Role.STAFF, row.unit)
        tracking.delegate(row, by=office.head_of(row), to=worker)
    tracking.submit_internally(row, by=worker, text="Đã làm xong")
    assert table().total.values["silent_30"] == 1


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


def test_sectors_stand_in_their_place_whatever_it_is(office):
    """The place of the first is 0, which is a number like the others."""
    for place, name in ((1, "Y tế"), (0, "Giao thông"), (2, "An ninh")):
        letter = office.issue(tasks=1)
        letter.sector = Sector.objects.create(name=name, position=place)
        letter.save(update_fields=["sector"])
    office.issue(tasks=1)
    names = [row.of.name for row in table(by="linh-vuc").rows]
    assert names == ["Giao thông", "Y tế", "An ninh", "Chưa xếp lĩnh vực"]


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


# --- The Government Office's published figures -----------------------------------------------------


def published(world, *, first=None):
    period = ["--from", str(first)] if first else []
    last = str(world.last)
    return json.loads(command(world.office, *period, "--to", last, "--as-of", last, "--json"))


def test_the_figures_that_the_government_office_published_to_august_2016():
    """3.726 = 1.739 (1.310 + 429) + 1.987 (1.812 + 175)."""
    world = Published(date(2016, 2, 1), date(2016, 8, 31), on_time=1310, late=429, within=1812, overdue=175)
    said = published(world)
    total = said["total"]
    assert (total["total"], total["done"], total["open"]) == (3726, 1739, 1987)
    assert (total["done_early"] + total["done_on_time"], total["done_late"]) == (1310, 429)
    within = total["open_in_time"] + total["open_due_soon"] + total["open_undated"]
    assert (within, total["open_overdue"]) == (1812, 175)
    assert all(one["holds"] for one in said["invariants"])
    shown = " ".join(unescape(page(sign_in(world.office.leader), "/thong-ke/bieu/?ngay=2016-08-31")).split())
    for number in ("3.726", "1.739", "1.310", "1.987", "1.812", "175"):
        assert f">{number}</a>" in shown


@pytest.mark.long
def test_the_figures_that_the_government_office_published_for_2017():
    """21.914 = 16.051 (14.068 + 1.983) + 5.863 (5.640 + 223); 98,62 % is done of what fell due."""
    days = date(2017, 1, 1), date(2017, 12, 25)
    world = Published(*days, on_time=14068, late=1983, within=5640, overdue=223)
    total = published(world, first=days[0])["total"]
    assert (total["assigned"], total["total"], total["done"], total["open"]) == (21914, 21914, 16051, 5863)
    assert (total["done_early"], total["done_late"]) == (14068, 1983)
    assert (total["open_in_time"] + total["open_due_soon"], total["open_overdue"]) == (5640, 223)
    assert round(total["rate_done_of_due"], 4) == 0.9863
    check_formula_2017(world)


def check_formula_2017(world):
    """The rate stands on the page with what it is a share of."""
    address = "/thong-ke/bieu/?tu=2017-01-01&den=2017-12-25&ngay=2017-12-25"
    shown = re.sub("<[^>]+>", "", unescape(page(sign_in(world.office.leader), address)))
    said = "Hoàn thành trên số đến hạn = Hoàn thành, có thời hạn 16.051 / Đã đến hạn, kể cả xong trước hạn 16.274 = 98,6\N{NO-BREAK SPACE}%"
    assert said in shown
