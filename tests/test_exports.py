"""The matrix as a workbook: what the screen shows, in cells that stay what they are."""

from datetime import timedelta
from io import BytesIO
from urllib.parse import unquote

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from directives import compliance, issuing, recipients, rules, tracking
from directives.enums import Quality
from directives.exports import matrix_workbook
from directives.exports.sheets import LINE, MOST_LINES, RowOfCells, append_fitted, new_book, saved, text_cell
from directives.models import Assignment, Task
from directives.templatetags.history import event_sentence
from directives.templatetags.matrix import cell_words
from directives.templatetags.wording import day
from tests.factories import Office, assignments_of, make_unit
from tests.screens import send, sign_in
from units import clock
from units.models import Event

pytestmark = pytest.mark.django_db
FIRST = 5  # the first row of units, from 1


@pytest.fixture
def office():
    return Office(rooms=2)


def sheet_of(content):
    return load_workbook(BytesIO(content)).active


def workbook(user, directive, query=""):
    client = Client()
    client.force_login(user)
    return client.get(f"/van-ban/{directive.pk}/ma-tran.xlsx{query}")


def texts(sheet):
    return [
        ["" if cell is None else cell for cell in row]
        for row in sheet.iter_rows(min_row=FIRST, values_only=True)
    ]


def test_the_workbook_shows_what_the_screen_shows(office):
    with clock.travel(clock.now() - timedelta(days=20)):
        directive = office.issue(tasks=2, due_in=10)
    office.accept(assignments_of(directive)[0])
    answer = workbook(office.monitor, directive)
    late, done = office.rooms[1], office.rooms[0]
    assert texts(sheet_of(answer.content)) == [
        [late.name, "", 0, 2, "Quá hạn 10 ngày", "Quá hạn 10 ngày"],
        [done.name, "", 1, 2, "Xong, trễ 10 ngày", "Quá hạn 10 ngày"],
    ]


def test_a_filter_of_the_screen_is_the_filter_of_the_workbook(office):
    with clock.travel(clock.now() - timedelta(days=20)):
        directive = office.issue(tasks=2, due_in=10)
    office.accept(assignments_of(directive)[0])
    shown = texts(sheet_of(workbook(office.monitor, directive, "?tinh-trang=hoan-thanh-qua-han").content))
    assert shown == [[office.rooms[0].name, "", 1, 1, "Xong, trễ 10 ngày", ""]]


def test_a_receiver_gets_the_own_rows_alone(office):
    directive = office.issue(tasks=1)
    mine, other = office.rooms
    shown = texts(sheet_of(workbook(office.heads[mine], directive).content))
    assert [row[0] for row in shown] == [mine.name]
    assert other.name not in str(shown)


FORMULAS = ["=cmd|' /C calc'!A0", "+1+1", "-1", "@SUM(A1)", "\t=1+1", "{=1}"]


@pytest.mark.parametrize("name", FORMULAS)
def test_a_text_that_looks_like_a_formula_stays_a_text(office, name):
    unit = make_unit(name, parent=office.unit)
    directive = office.draft(tasks=1, to=[unit])
    Task.objects.filter(directive=directive).update(text=name, label=name[:20])
    issuing.submit(directive, by=office.clerk)
    issuing.sign(directive, by=office.leader)
    sheet = sheet_of(workbook(office.monitor, issuing.issue(directive, by=office.clerk)).content)
    for cell in (sheet.cell(FIRST, 1), sheet.cell(2, 5), sheet.cell(3, 5)):
        assert (cell.data_type, cell.value) == ("s", name[:20] if cell.row == 2 else name)


def test_deadlines_are_days_and_what_is_none_is_said(office):
    directive = office.issue(tasks=2)
    first, second = directive.tasks.all()
    Task.objects.filter(pk=second.pk).update(due_on=None, undated_reason="Thường xuyên")
    sheet = sheet_of(workbook(office.monitor, directive).content)
    name, due, none = (sheet.cell(FIRST - 1, column) for column in (1, 5, 6))
    assert (name.value, none.value) == ("Thời hạn", "Không có thời hạn")
    assert (due.value.date(), due.is_date, due.number_format) == (first.due_on, True, "dd/mm/yyyy")


def test_numbers_are_numbers(office):
    sheet = sheet_of(workbook(office.monitor, office.issue(tasks=1)).content)
    assert [sheet.cell(FIRST, column).data_type for column in (3, 4)] == ["n", "n"]


def test_a_control_character_does_not_break_the_file(office):
    directive = office.issue(tasks=1)
    directive.tasks.update(text="Trang\x0b mới")
    matrix = compliance.matrix(directive, office.monitor, clock.today())
    assert sheet_of(matrix_workbook(matrix, title="", say=cell_words)).cell(3, 5).value == "Trang mới"


@pytest.mark.parametrize("stray", ["\x0b", "\ufffe", "\uffff", "\ufdd0"])
def test_a_sign_that_no_file_takes_breaks_no_workbook_of_the_leaders(office, stray):
    directive = office.issue(tasks=1, to=office.rooms[:1])
    row, head = assignments_of(directive)[0], sign_in(office.heads[office.rooms[0]])
    send(head, f"/nhiem-vu/{row.pk}/tien-do/", text=f"Đang{stray} làm", percent="30")
    client = sign_in(office.leader)
    listed = client.get("/thong-ke/bieu/danh-muc.xlsx")
    assert "Đang làm" in str(list(sheet_of(b"".join(listed.streaming_content)).values))
    assert client.get(f"/van-ban/{directive.pk}/nhat-ky.xlsx").status_code == 200


@pytest.mark.parametrize("stray", ["\ufffe", "\ufdef", "\ud800"])
def test_a_cell_leaves_out_what_no_file_takes(stray):
    book, sheet = new_book("A", heading_rows=1)
    sheet.append([text_cell(sheet, f"a{stray}b")])
    sheet.append(RowOfCells(sheet).filled([f"c{stray}d"]))
    assert [row[0] for row in sheet_of(saved(book)).values] == ["ab", "cd"]


def test_long_texts_have_room_in_their_rows(office):
    """A program that does not reckon heights by itself would set them over the rows below."""
    directive = office.issue(tasks=2)
    short, long = directive.tasks.order_by("position")
    Task.objects.filter(pk=long.pk).update(text="Tổ chức thực hiện, báo cáo kết quả. " * 12)
    sheet = sheet_of(workbook(office.monitor, directive).content)
    lines = len(sheet.cell(3, 6).value) / sheet.column_dimensions["F"].width
    assert sheet.row_dimensions[3].height >= lines * LINE
    assert [sheet.row_dimensions[row].height for row in (4, FIRST)] == [None, None], "one line needs none"


def test_a_long_text_makes_its_own_row_higher_and_no_height_is_kept():
    book, sheet = new_book("Thử", heading_rows=1)
    for number, text in enumerate(["ngắn", "dài " * 30, "hai\ndòng", "quá dài " * 900], start=1):
        append_fitted(sheet, number, [text_cell(sheet, text), 7], [20, 5])
    assert not sheet.row_dimensions
    read = sheet_of(saved(book))
    heights = [read.row_dimensions[row].height for row in range(1, 5)]
    assert heights == [None, 7 * LINE, 2 * LINE, MOST_LINES * LINE]
    assert MOST_LINES * LINE <= 409, "no row may be higher"


def test_heads_stay_in_sight_on_the_screen_and_on_paper(office):
    sheet = sheet_of(workbook(office.monitor, office.issue()).content)
    assert sheet.freeze_panes == f"E{FIRST}"
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$4", "$A:$D")
    assert sheet.page_setup.orientation == "landscape"


def test_the_file_carries_the_code_of_the_document(office):
    directive = office.issue()
    answer = workbook(office.monitor, directive)
    name = unquote(answer.headers["Content-Disposition"].partition("UTF-8''")[2])
    assert name == f"ma-tran-{directive.code.replace('/', '-')}.xlsx"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def called(user, address):
    client = Client()
    client.force_login(user)
    return client.get(address).headers["Content-Disposition"].partition("UTF-8''")[2]


def test_files_of_a_document_are_called_by_kind_and_number(office):
    directive = office.issue(tasks=1, to=office.rooms[:1])
    row = assignments_of(directive)[0]
    number = directive.code.replace("/", "-")
    assert called(office.clerk, f"/van-ban/{directive.pk}/van-ban.docx") == f"cong-van-{number}.docx"
    assert called(office.clerk, f"/van-ban/{directive.pk}/nhat-ky.xlsx") == f"nhat-ky-{number}.xlsx"
    Assignment.objects.filter(pk=row.pk).update(unit_name="Phòng Đào tạo / “Pháp chế”")
    name = called(office.clerk, f"/nhiem-vu/{row.pk}/nhat-ky.xlsx")
    assert name == f"nhat-ky-{number}-{row.task.label}-Phong-Dao-tao-Phap-che.xlsx"


def test_a_draft_is_called_by_what_it_is_about(office):
    draft = office.draft(kind="decision", title="Về “ứng dụng”, định mức: đường bộ")
    name = called(office.clerk, f"/van-ban/{draft.pk}/van-ban.docx")
    assert name == "du-thao-quyet-dinh-ve-ung-dung-dinh-muc-duong-bo.docx"


# --- The record ---------------------------------------------------------------------------------


def rows_of_record(user, address):
    client = Client()
    client.force_login(user)
    sheet = sheet_of(client.get(address).content)
    return list(sheet.iter_rows(min_row=3, values_only=True))


def test_the_record_of_a_document_is_what_its_page_tells(office):
    directive = office.issue(tasks=1, to=office.rooms[:1])
    row = assignments_of(directive)[0]
    office.report(row)
    tracking.send_back(row, by=office.monitor, reason="=1+1 thiếu danh sách")
    rows = rows_of_record(office.monitor, f"/van-ban/{directive.pk}/nhat-ky.xlsx")
    visible = Event.objects.filter(rules.visible_events(office.monitor)).order_by("sequence")
    assert [row[6] for row in rows] == list(visible.values_list("hash", flat=True))
    assert rows[-1][1].startswith("Trả lại")
    assert rows[-1][2] == office.monitor.display_name
    assert rows[-1][4] == "=1+1 thiếu danh sách"
    told = timezone.localtime(visible.last().at).replace(tzinfo=None, microsecond=0)
    assert rows[-1][0] == told


def test_a_unit_takes_along_its_own_record_alone(office):
    directive = office.issue(tasks=1)
    mine, theirs = assignments_of(directive)
    office.report(mine)
    office.report(theirs)
    head = office.head_of(mine)
    rows = rows_of_record(head, f"/van-ban/{directive.pk}/nhat-ky.xlsx")
    assert len(rows) == 2, "the issue, and its own report"
    rows = rows_of_record(head, f"/nhiem-vu/{mine.pk}/nhat-ky.xlsx")
    assert [row[1].partition(" · ")[0] for row in rows] == ["Phát hành", "Báo cáo hoàn thành"]
    client = Client()
    client.force_login(head)
    assert client.get(f"/nhiem-vu/{theirs.pk}/nhat-ky.xlsx").status_code == 404


def test_how_well_it_was_done_is_a_sheet_of_its_own_and_changed_units_say_so(office):
    directive = office.issue(tasks=1)
    assert len(load_workbook(BytesIO(workbook(office.monitor, directive).content)).sheetnames) == 1
    first, second = (office.report(row) for row in assignments_of(directive))
    tracking.accept(first, by=office.monitor, quality="good")
    tracking.send_back(second, by=office.monitor, reason="Thiếu")
    basis = recipients.Basis("Trùng")
    recipients.remove_recipient(directive, by=office.monitor, unit=second.unit, basis=basis)
    book = load_workbook(BytesIO(workbook(office.monitor, directive).content))
    assert list(book["Chất lượng"].values)[1:] == [(first.unit_name, "1", "Đạt tốt")]
    names = [row[0] for row in texts(book["Ma trận"])]
    day = clock.printed_day(clock.today())
    assert set(names) == {first.unit_name, f"{second.unit_name} (thôi giao ngày {day})"}
    other = load_workbook(BytesIO(workbook(office.heads[office.rooms[1]], directive).content))
    assert other.sheetnames == ["Ma trận"], "another unit's mark is not theirs to see"


def said_in(address, user):
    client = Client()
    client.force_login(user)
    answer = client.get(address).content
    return [row[1] for row in sheet_of(answer).iter_rows(min_row=3, values_only=True)]


def test_the_history_says_what_came_of_each_act(office):
    """The document's page, both workbooks and the page of the work: the same words."""
    directive = office.issue(tasks=1, due_in=None, to=office.rooms[:1])
    (row,) = assignments_of(directive)
    head, today = office.head_of(row), clock.today()
    tracking.delegate(row, by=head, to=head)
    tracking.review(row, by=office.monitor, reason="Chờ số liệu", review_on=today + timedelta(days=9))
    tracking.set_deadline(row, by=office.monitor, due_on=today + timedelta(days=5), reason="Tỉnh ấn định")
    tracking.extend(row, by=office.leader, due_on=today + timedelta(days=8), reason="Chờ ý kiến")
    office.report(row)
    tracking.accept(row, by=office.monitor, quality=Quality.GOOD)
    words = [
        f"Phân công người thực hiện: {head.display_name}",
        f"Xem lại: hẹn xem lại ngày {day(today + timedelta(days=9))}",
        f"Đặt thời hạn: {day(today + timedelta(days=5))}",
        f"Gia hạn đến {day(today + timedelta(days=8))}",
        "Xác nhận hoàn thành, chất lượng: Đạt tốt",
    ]
    told = [f"{word} · {row}" for word in words]
    assert set(told) <= set(said_in(f"/van-ban/{directive.pk}/nhat-ky.xlsx", office.monitor))
    assert set(told) <= set(said_in(f"/nhiem-vu/{row.pk}/nhat-ky.xlsx", office.monitor))
    client = Client()
    client.force_login(office.monitor)
    shown = client.get(f"/van-ban/{directive.pk}/nhat-ky/").content.decode()
    assert all(word in shown for word in told)
    shown = client.get(f"/nhiem-vu/{row.pk}/").content.decode()
    assert all(word in shown for word in words)


def test_a_long_task_is_cut_before_its_period():
    label = f"Thanh tra Sở: 2. {'Báo cáo kết quả rà soát ' * 6}(6 tháng cuối năm 2024)"
    told = event_sentence(Event(verb="report", object_type="assignment", object_label=label))
    assert told.startswith("Báo cáo hoàn thành · Thanh tra Sở: 2. ")
    assert told.endswith("… (6 tháng cuối năm 2024)")
    assert len(told.partition(" · ")[2]) <= 90
