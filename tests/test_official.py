"""The official table and its detail list as pages and files: links, scope, cells that stay what they are."""

import csv
import re
from datetime import date, timedelta
from html import unescape
from io import BytesIO, StringIO
from itertools import combinations
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from directives import compliance, exports, tracking
from directives.compliance import Span
from directives.enums import OPEN, Duty
from directives.extraction.programs import run
from directives.models import Assignment, Sector
from directives.templatetags.wording import day
from tests.factories import Office, assignments_of
from tests.figures_world import NUMBER, counted, get, html, mixed_document
from tests.screens import ago, sign_in
from units import clock
from units.models import UnitGroup

pytestmark = pytest.mark.django_db
# Comma, quotes, UTF-8: as the filter of LibreOffice counts its options.
UTF8_CSV = "csv:Text - txt - csv (StarCalc):44,34,76"
TABLE, LIST = "/thong-ke/bieu/", "/thong-ke/bieu/danh-muc/"


@pytest.fixture
def office():
    return Office(rooms=3)


@pytest.fixture
def mixed(office):
    return mixed_document(office)


def content(user, address):
    answer = sign_in(user).get(address)
    assert answer.status_code == 200, address
    return b"".join(answer.streaming_content)


def sheets(user, address):
    return load_workbook(BytesIO(content(user, address)))


def plain_rows(user, address):
    return list(csv.reader(StringIO(content(user, address).decode("utf-8-sig"))))


# --- The page ------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", compliance.BY)
def test_every_number_of_the_table_leads_to_exactly_its_rows(office, mixed, by):
    UnitGroup.objects.create(owner=office.unit, name="Khối A").listed.add(*office.rooms[:2])
    other = office.issue(tasks=1)
    other.sector = Sector.objects.create(name="Giao thông")
    other.save()
    client = sign_in(office.leader)
    links = NUMBER.findall(html(client.get(TABLE, {"nhom": by})))
    assert len(links) > 20
    for url, number in Random(by).sample(links, 15):
        behind = client.get(unescape(url))
        assert (behind.context["count"], len(behind.context["found"])) == (int(number), int(number)), url


def test_how_often_units_were_urged_stands_beside_the_work_it_was_about(office, mixed):
    late = [row for row in assignments_of(mixed) if row.state in OPEN][-1]
    for n in range(2):
        due = clock.today() + timedelta(days=2)
        tracking.urge(late, by=office.monitor, text=f"Đôn đốc lần {n}", reply_by=due)
    shown = html(get(office.leader, TABLE, nhom="van-ban"))
    cells = re.findall(
        r'<td class="c num">2 <a class="rows" href="([^"]+duoc-don-doc[^"]*)">([^<]+)</a>', shown
    )
    assert [words for _url, words in cells] == ["1 việc", "1 việc"]
    for url, _words in cells:
        assert sign_in(office.leader).get(unescape(url)).context["count"] == 1


def test_the_table_says_its_period_its_day_and_that_it_adds_up(office, mixed):
    assert "Quý III/2024" in html(get(office.leader, TABLE, ky="2024-Q3"))
    shown = re.sub("<[^>]+>", "", html(get(office.leader, TABLE)))
    assert "Kiểm tra: khớp (7 = 3 + 4 + 5" in shown
    assert (
        "Đúng hạn trên số đến hạn = Hoàn thành đúng hạn, có thời hạn 0 / Đã đến hạn, kể cả xong trước hạn 5 = 0,0"
        in shown
    )


def test_a_rate_of_nothing_opens_nothing_in_a_table_of_support_alone(office, mixed):
    Assignment.objects.filter(unit=office.rooms[0]).update(duty=Duty.SUPPORT)
    shown = html(get(office.leader, TABLE, **{"vai-tro": "support"}))
    formulas = shown.partition('class="small muted formula"')[2].partition("</section>")[0]
    assert "Đã đến hạn, kể cả xong trước hạn 0 =" in " ".join(formulas.split())
    for url, number in NUMBER.findall(formulas):
        assert get(office.leader, unescape(url)).context["count"] == int(number) > 0, url


def test_the_way_from_the_figures_to_what_leaders_need_and_no_button_that_refuses(office, mixed):
    Assignment.objects.all().update(due_on=clock.today())
    head = office.heads[office.rooms[0]]
    for user, follows in ((office.leader, True), (head, False)):
        shown = html(get(user, "/thong-ke/"))
        assert 'href="/thong-ke/bieu/' in shown
        for way in ("/thong-ke/can-quyet/?vai-tro=lead", "/thong-ke/chot/"):
            assert (f'href="{way}"' in shown) is follows, way
        assert ('href="/thong-ke/chot/moi/' in html(get(user, TABLE))) is follows


def test_what_does_not_add_up_is_named(office, mixed):
    table = compliance.official_table(Assignment.objects.all(), Span(clock.today()))
    wrong = compliance.invariants(table.rows[1:], table.total, table.total.tally, overlapping=False)
    assert [one.name for one in wrong if not one.holds] == ["sum of rows = total"]


def test_the_pages_take_the_same_queries_for_one_unit_and_for_three(office):
    alone = office.issue(tasks=2, to=office.rooms[:1])
    addresses = [TABLE, f"{TABLE}?nhom=nhom-don-vi", LIST]
    office.report(assignments_of(alone)[0])
    one = [counted(office.leader, address).queries for address in addresses]
    for directive in (office.issue(tasks=2), office.issue(tasks=1)):
        office.accept(assignments_of(directive)[0])
        office.report(assignments_of(directive)[1])
    assert [counted(office.leader, address).queries for address in addresses] == one
    assert one[0] <= 12


def test_a_unit_sees_its_own_row_alone(office, mixed):
    room = office.rooms[0]
    table = get(office.heads[room], TABLE).context["table"]
    assert [row.of.key for row in table.rows] == [room.pk]
    assert {row[7] for row in plain_rows(office.heads[room], f"{LIST[:-1]}.csv")[1:]} == {room.name}


def test_the_office_is_told_how_long_reports_wait_and_units_how_soon_they_take_up(office):
    with ago(30):
        prompt, later, never = assignments_of(office.issue(tasks=1))
        tracking.acknowledge(prompt, by=office.head_of(prompt))
        tracking.report(
            prompt,
            by=office.head_of(prompt),
            text="Xong",
            evidence=[tracking.Document("1/BC", clock.today())],
        )
    with ago(23):
        tracking.accept(prompt, by=office.monitor)
        office.report(later)
    span, rows = Span(clock.today()), Assignment.objects.all()
    found = compliance.acceptance(rows, span)
    assert (found.decided, found.waiting) == (1, 1)
    assert 0 < found.days == found.longest <= 5 < found.waiting_days
    taken = compliance.receipt(rows, span)
    assert (taken.received, taken.acknowledged, taken.prompt) == (3, 2, 1)
    then = Span(clock.today() - timedelta(days=24))
    assert (compliance.acceptance(rows, then).decided, compliance.acceptance(rows, then).waiting) == (0, 1)
    assert compliance.receipt(rows, then).acknowledged == 1


@pytest.mark.parametrize("narrowed", ["due_in", "reported_in"])
def test_the_delay_of_decisions_is_told_of_the_rows_that_the_table_counts(office, narrowed):
    told = {}
    for begun, due_in in ((60, 5), (20, 60)):
        with ago(begun):
            told[begun] = assignments_of(office.issue(tasks=1, due_in=due_in, to=office.rooms[:1]))[0]
            office.report(told[begun])
    with ago(10):
        for row in told.values():
            tracking.accept(row, by=office.monitor)
    today, rows = clock.today(), Assignment.objects.all()
    assert compliance.acceptance(rows, Span(today)).decided == 2
    days = (today - timedelta(days=65), today - timedelta(days=40))
    for span in (
        Span(today, **{narrowed: days}),
        Span(today, today - timedelta(days=30), **{narrowed: days}),
    ):
        assert compliance.official_table(rows, span).total.values["done"] == 1
        assert compliance.acceptance(rows, span).decided == 1


# --- Files ---------------------------------------------------------------------------------------


def test_a_sheet_keeps_numbers_as_numbers_and_its_head_in_sight(office, mixed):
    sheet = sheets(office.leader, "/thong-ke/bieu.xlsx").active
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.page_setup.orientation) == (
        "C5",
        "$1:$4",
        "landscape",
    )
    total = next(row for row in sheet.iter_rows(min_row=5) if row[1].value == "Tổng số")
    assert (total[7].value, total[7].data_type) == (6, "n")
    rate = total[2 + [column.key for column in compliance.COLUMNS].index("rate_done_of_due")]
    assert (rate.value, rate.number_format) == (0.2, "0.0%")
    assert "C2:H2" in {str(merged) for merged in sheet.merged_cells.ranges}


def test_sheets_are_printed_large_enough_to_be_read_with_lines_and_numbered_pages(office, mixed):
    """As much of the paper as there is; the letters of eleven points become six at least."""
    table, *lists = sheets(office.leader, "/thong-ke/bieu/so-lieu-ky.xlsx").worksheets[1:]
    for sheet in (table, *lists):
        inches = sum(one.width * 7 + 5 for one in sheet.column_dimensions.values()) / 96
        room = 420 / 25.4 - sheet.page_margins.left - sheet.page_margins.right
        assert 11 * room / inches > 6, sheet.title
        assert (sheet.page_setup.paperSize, sheet.oddFooter.right.text) == (8, "Trang &P/&N")
    assert table.cell(5, 3).border.left.style == "thin"
    assert {one.print_options.gridLines for one in lists} == {True}
    assert {sheet.cell(3, 3).alignment.horizontal for sheet in lists[:1]} == {"center"}, (
        "a day apart from texts"
    )


@pytest.mark.long
@pytest.mark.needs("soffice")
def test_columns_summed_in_libreoffice_give_the_printed_totals(office, mixed, tmp_path):
    book = sheets(office.leader, "/thong-ke/bieu.xlsx?nhom=van-ban")
    sheet, counts = book.active, [get_column_letter(at) for at in range(3, 33)]
    last = next(row[0].row for row in sheet.iter_rows(min_row=5) if row[1].value == "Tổng số")
    sheet.append(["", "Cộng", *(f"=SUM({at}5:{at}{last - 1})" for at in counts)])
    book.save(tmp_path / "bieu.xlsx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = ["soffice", "--headless", profile, "--convert-to", UTF8_CSV, "--outdir", tmp_path]
    run([*convert, tmp_path / "bieu.xlsx"], home=tmp_path, seconds=60)
    read = {row[1]: row[2:32] for row in csv.reader((tmp_path / "bieu.csv").open(encoding="utf-8"))}
    assert read["Cộng"] == read["Tổng số"]
    assert sum(map(int, read["Cộng"])) > 20


def test_what_begins_like_a_formula_stays_text_in_every_file(office):
    directive = office.issue(tasks=1, to=office.rooms[:1], title="=1+1", due_in=5)
    row = assignments_of(directive)[0]
    Assignment.objects.filter(pk=row.pk).update(unit_name="-Phòng")
    cells = plain_rows(office.leader, f"{LIST[:-1]}.csv")[1]
    assert (cells[3], cells[7]) == ("'=1+1", "'-Phòng")
    sheet = sheets(office.leader, f"{LIST[:-1]}.xlsx").active
    assert [(cell.value, cell.data_type) for cell in (sheet["D3"], sheet["H3"])] == [
        ("=1+1", "s"),
        ("-Phòng", "s"),
    ]
    assert sheet["K3"].is_date


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\ta", "\ra"])
def test_csv_defuses_what_a_spreadsheet_would_carry_out(text):
    _, line = exports.csv_lines(["a"], [[text]])
    assert next(csv.reader(StringIO(line, newline="")))[0] == f"'{text}"


@pytest.mark.parametrize("separator", [";", "\t"])
@given(text=st.text("=+-@;\t\r\n\"' a1", max_size=12))
@example(text="Gửi\n=1+1")
@example(text='a;"=1+1"')
@example(text="a; =1")
def test_csv_defuses_what_begins_a_cell_where_another_separator_is_usual(separator, text):
    """Of a field that is not the first of its line, whose quotes are none there."""
    _, line = exports.csv_lines(["n", "a"], [[1, text]])
    cells = [cell for row in csv.reader(StringIO(line, newline=""), delimiter=separator) for cell in row]
    assert not [cell for cell in cells if cell.lstrip(' "\t\r\n').startswith(("=", "+", "-", "@"))]


def test_csv_keeps_numbers_days_and_what_is_unknown():
    head, line = exports.csv_lines(["Số"], [[-3, 0.25, None, date(2024, 3, 5)]])
    assert head.startswith("\N{ZERO WIDTH NO-BREAK SPACE}")
    assert line.strip() == "-3,0.25,,2024-03-05"


def test_the_workbook_of_a_period_has_six_sheets_of_the_same_filter(office):
    with ago(100):
        old = assignments_of(office.issue(tasks=1, due_in=95, to=office.rooms[:2]))
    with ago(5):
        office.accept(old[0])
        office.issue(tasks=1, due_in=30)
    first = clock.today() - timedelta(days=20)
    book = sheets(office.leader, f"/thong-ke/bieu/so-lieu-ky.xlsx?tu={first}&den={clock.today()}")
    lists = {sheet.title: sheet.max_row - 2 for sheet in book.worksheets[2:]}
    assert book.sheetnames[:2] == ["Kỳ (quy ước)", "Tổng hợp theo đơn vị"]
    assert lists == {"Giao trong kỳ": 3, "Hoàn thành trong kỳ": 1, "Đến hạn trong kỳ": 2, "Còn mở cuối kỳ": 4}


# --- What the figures are said to be of ----------------------------------------------------------


def test_pages_files_and_what_is_about_to_be_frozen_say_every_filter(office, mixed):
    group = UnitGroup.objects.create(owner=office.unit, name="Khối văn phòng")
    group.listed.set(office.rooms)
    month, row = clock.today() - timedelta(days=10), assignments_of(mixed)[0]
    for query, said in {
        f"thuoc-nhom={group.pk}": "Khối văn phòng",
        f"ngoai={compliance.GROUP}": "đơn vị ngoài các nhóm",
        "ngoai=linh-vuc": "chưa xếp lĩnh vực",
        f"don-vi={row.unit_id}&rieng=1": f"{row.unit.name}; việc của chính đơn vị",
        f"van-ban={mixed.pk}": mixed.code,
        f"nhiem-vu={row.task_id}": f"{mixed.code}, nhiệm vụ 1",
        f"han-trong={month:%Y-M%m}": f"hạn trong Tháng {month.month}/{month.year}",
        f"bao-cao-trong={month:%Y-M%m}": f"báo cáo trong Tháng {month.month}/{month.year}",
    }.items():
        title = sheets(office.leader, f"{TABLE[:-1]}.xlsx?{query}").active["A1"].value
        assert said.lower() in title.lower(), query
        for page in ("/thong-ke/", "/thong-ke/phan-viec/", TABLE, LIST, "/thong-ke/chot/moi/"):
            assert said.lower() in html(get(office.leader, f"{page}?{query}")).lower(), (page, query)


def test_days_that_are_not_those_of_the_figures_are_said(office, mixed):
    last, known = clock.today() - timedelta(days=9), clock.today() - timedelta(days=2)
    for page in ("/thong-ke/", "/thong-ke/phan-viec/", TABLE, LIST):
        shown = html(get(office.leader, page, den=last.isoformat(), ngay=known.isoformat()))
        assert f"Nhận đến ngày {day(last)}" in shown, page
        assert f"số liệu đến hết ngày {day(known)}" in shown, page


def test_a_part_of_a_list_says_so(office):
    office.issue(tasks=18)
    first = html(get(office.leader, LIST))
    assert "Trang này có 50 trên 54 phần việc" in first
    assert "Trang này có" not in html(get(office.leader, LIST, **{"don-vi": office.rooms[0].pk}))


@pytest.mark.parametrize("by", [compliance.GROUP, compliance.SECTOR])
def test_a_table_narrowed_by_what_its_rows_are_of_lists_what_it_counts(office, mixed, by):
    """Groups that overlap, units of no group, documents of no sector: each row is of what narrows the table as well."""
    groups = [UnitGroup.objects.create(owner=office.unit, name=f"Khối {name}") for name in "AB"]
    groups[0].listed.add(*office.rooms[:2])
    groups[1].listed.add(office.rooms[1])
    classified = office.issue(tasks=1)
    classified.sector = Sector.objects.create(name="Giao thông")
    classified.save()
    narrowed = [
        f"thuoc-nhom={groups[0].pk}",
        *(f"ngoai={one}" for one in (compliance.GROUP, compliance.SECTOR)),
    ]
    client, counted = sign_in(office.leader), 0
    for query in [*narrowed, *map("&".join, combinations(narrowed, 2))]:
        shown = client.get(f"{TABLE}?nhom={by}&{query}")
        for url, number in NUMBER.findall(html(shown)):
            counted += 1
            if counted % 7 == 0:
                assert client.get(unescape(url)).context["count"] == int(number), url
    assert counted > 100


def test_of_a_document_that_is_not_seen_not_even_the_code_is_said(office, mixed):
    hidden = Office(rooms=1).issue(tasks=1)
    for query in (f"van-ban={hidden.pk}", f"nhiem-vu={hidden.tasks.get().pk}"):
        assert hidden.code not in html(get(office.leader, f"/thong-ke/chot/moi/?{query}"))
        assert hidden.code not in sheets(office.leader, f"{TABLE[:-1]}.xlsx?{query}").active["A1"].value
