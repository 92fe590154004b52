"""The unit's open work as a workbook: what is downloaded, what each row is told, what is sent and what is not."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from openpyxl import Workbook, load_workbook

from directives import tracking
from directives.enums import AssignmentState
from directives.models import Assignment, Evidence, ProgressNote, Report
from directives.worksheet.columns import COLUMNS, FILLED, read_mark, read_percent
from units import clock
from units.importing.tables import UnreadableError
from units.models import Event
from units.naming import fold

from .factories import Office, assignments_of, make_user
from .recurring_world import MONTHLY, Duties, on
from .screens import page, send, sign_in

pytestmark = pytest.mark.django_db
SHEET, SEND = "/nhiem-vu/bang-tinh/", "/nhiem-vu/bang-tinh/gui/"
HEADINGS = 3
AT = {name: n for n, name in enumerate(
    ["key", "code", "label", "period", "task", "unit", "due_on", "standing", "text", "percent", "obstacle", "done", "document", "dated_on", "addressed_to", "taken"], 1
)}  # fmt: skip


@pytest.fixture
def office():
    return Office(rooms=2)


@pytest.fixture
def works(office):
    return assignments_of(office.issue(tasks=4, to=office.rooms[:1]))


@pytest.fixture
def head(office):
    return office.heads[office.rooms[0]]


def download(user, query=""):
    return load_workbook(BytesIO(sign_in(user).get(f"/nhiem-vu/bang-tinh.xlsx{query}").content))


def fill(book, row, **values):
    """`row` counts the rows of work from 1."""
    for name, value in values.items():
        book.active.cell(HEADINGS + row, AT[name]).value = value


def as_upload(book, name="nhiem-vu.xlsx"):
    content = BytesIO()
    book.save(content)
    return SimpleUploadedFile(name, content.getvalue())


def examined(client, book, **options):
    return client.post(SHEET, {"file": as_upload(book, **options)})


def confirm(client, answer):
    return send(client, SEND, seen=answer.context["seen"])


def states(works):
    found = Assignment.objects.filter(pk__in=[work.pk for work in works])
    return list(found.order_by("task__position").values_list("state", flat=True))


def test_the_workbook_has_the_open_work_of_the_unit_and_nothing_else(office, works, head):
    office.report(works[0])
    office.issue(tasks=1, to=office.rooms[1:])
    sheet = download(head).active
    rows = list(sheet.iter_rows(min_row=HEADINGS + 1, values_only=True))
    assert [row[0] for row in rows] == [work.pk for work in works[1:]]
    assert rows[0][1:5] == (works[1].directive.code, "2", None, "Nội dung nhiệm vụ 2")
    assert rows[0][6].date() == works[1].due_on
    assert sheet.freeze_panes == "E4"
    assert sheet.auto_filter.ref == "A3:P3", "what is hidden is sorted along"
    assert [name for name, column in sheet.column_dimensions.items() if column.hidden] == ["P"]


def test_two_periods_of_one_duty_are_told_apart_in_the_workbook_and_on_the_page():
    duties = Duties(MONTHLY)
    duties.open("2024-09-03")
    head = duties.office.heads[duties.first]
    with on("2024-09-04"):
        client, book = sign_in(head), download(head)
        rows = list(book.active.iter_rows(min_row=HEADINGS, values_only=True))
        assert [row[AT["period"] - 1] for row in rows] == ["Kỳ", "Tháng 8/2024", "Tháng 9/2024"]
        fill(book, 1, text="Đã tổng hợp số liệu tháng 8")
        answer = examined(client, book)
        assert [line.work.period for line in answer.context["todo"]] == ["2024-M08"]
        assert "Tháng 8/2024</a>" in answer.content.decode()


def test_the_filter_of_the_list_is_the_filter_of_the_workbook(office, works, head):
    other = office.issue(tasks=1, to=office.rooms[:1])
    rows = download(head, f"?van-ban={other.pk}").active.iter_rows(min_row=HEADINGS + 1, values_only=True)
    assert [row[0] for row in rows] == [work.pk for work in assignments_of(other)]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_headings_written_are_the_headings_read(language):
    with translation.override(language):
        assert all(fold(str(column.label)) in column.headers for column in COLUMNS)


def test_a_filled_sheet_is_tried_and_then_sent(works, head):
    client, book = sign_in(head), download(head)
    fill(book, 1, text="Đã tổ chức hội nghị", done="x", document="15/BC-P", dated_on=clock.today())
    fill(book, 2, text="Đang lấy ý kiến\nđến hết tuần", percent=60, obstacle="Chưa có kinh phí")
    answer = examined(client, book)
    assert answer.status_code == 200
    assert states(works) == [AssignmentState.NOT_STARTED] * 4, "trying writes nothing"
    assert not Report.objects.exists()
    assert [line.act for line in answer.context["todo"]] == ["report", "note"]
    assert answer.context["bad"] == []
    assert confirm(client, answer).status_code == 303
    assert states(works) == [AssignmentState.REPORTED] + [AssignmentState.NOT_STARTED] * 3
    assert Report.objects.get().text == "Đã tổ chức hội nghị"
    assert Evidence.objects.get().code == "15/BC-P"
    note = ProgressNote.objects.get()
    assert (note.text, note.percent, note.obstacle) == (
        "Đang lấy ý kiến\nđến hết tuần",
        60,
        "Chưa có kinh phí",
    )
    assert "Đã gửi 2 việc trong bảng." in page(client, "/nhiem-vu/")


def test_sent_twice_it_is_done_once(works, head):
    client, book = sign_in(head), download(head)
    fill(book, 1, text="Xong", percent=50)
    answer = examined(client, book)
    key = {"seen": answer.context["seen"], "form_key": page_key(answer)}
    assert [client.post(SEND, key).status_code for _ in range(2)] == [303, 302]
    assert ProgressNote.objects.count() == 1


def page_key(answer):
    text = answer.content.decode()
    return text.partition('name="form_key" value="')[2].partition('"')[0]


def test_a_per_cent_that_was_left_as_it_was_says_nothing(works, head):
    """Also beside other words, and where more was told meanwhile; what was typed counts."""
    for work in works[:3]:
        tracking.note_progress(work, by=head, percent=40)
    client, book = sign_in(head), download(head)
    for work in works[:3]:
        tracking.note_progress(work, by=head, percent=80)
    fill(book, 2, text="Đang in")
    fill(book, 3, percent=60)
    answer = examined(client, book)
    assert [line.work.pk for line in answer.context["todo"]] == [works[1].pk, works[2].pk]
    assert confirm(client, answer).status_code == 303
    newest = [
        work.progress_notes.order_by("-pk").values_list("text", "percent").first() for work in works[:3]
    ]
    assert newest == [("", 80), ("Đang in", None), ("", 60)]


def test_done_work_keeps_the_per_cent_it_was_taken_along_with(works, head):
    tracking.note_progress(works[0], by=head, percent=40)
    client, book = sign_in(head), download(head)
    fill(book, 1, text="Xong", done="x", document="15/BC-P", dated_on=clock.today())
    assert [line.act for line in examined(client, book).context["todo"]] == ["report"]


def test_the_same_sheet_brought_again_does_nothing_new(works, head):
    client, book = sign_in(head), download(head)
    fill(book, 1, percent=40)
    confirm(client, examined(client, book))
    again = download(head)
    assert again.active.cell(HEADINGS + 1, AT["percent"]).value == 40
    assert examined(client, again).context["todo"] == []


BAD = {
    "a work of another unit": ({"key": 99_999_999}, "Không có việc mang mã này"),
    "no number": ({"key": "abc"}, "không phải mã việc"),
    "none at all": ({"key": None}, "Thiếu mã việc."),
    "sorted apart": ({"label": "3"}, "có thể bảng đã bị sắp xếp lệch cột"),
    "no evidence": ({"text": "Xong", "done": "x"}, "Hãy kèm ít nhất một minh chứng"),
    "no result": ({"done": "x", "document": "1/BC", "dated_on": "1/6/2024"}, "Hãy ghi kết quả thực hiện."),
    "an odd mark": ({"text": "Xong", "done": "rồi nhé"}, "ghi x khi đã hoàn thành"),
    "too much": ({"percent": 140}, "ghi một số từ 0 đến 100"),
    "half done": (
        {"text": "Xong", "done": "x", "percent": 50, "document": "1/BC", "dated_on": "1/6/2024"},
        "tỷ lệ mới 50 %",
    ),
    "done with an obstacle": ({"done": "x", "text": "Xong", "obstacle": "Vướng"}, "bỏ một trong hai"),
    "an undated document": ({"done": "x", "text": "Xong", "document": "1/BC"}, "Hãy ghi ngày của văn bản"),
    "a day without document": ({"text": "Gửi", "dated_on": "1/6/2024"}, "Hãy ghi số, ký hiệu"),
    "a document not to be sent": (
        {"text": "Đang làm", "document": "1/BC", "dated_on": "1/6/2024"},
        "Văn bản minh chứng gửi cùng báo cáo",
    ),
    "a day to come": (
        {"done": "x", "text": "Xong", "document": "1/BC", "dated_on": "1/1/2999"},
        "không được sau hôm nay",
    ),
    "no day": ({"done": "x", "text": "Xong", "document": "1/BC", "dated_on": "31/2/2024"}, "không phải một ngày"),
}  # fmt: skip


@pytest.mark.parametrize(("values", "sentence"), BAD.values(), ids=BAD)
def test_a_bad_row_is_told_at_its_place_and_the_rest_is_kept(works, head, values, sentence):
    client, book = sign_in(head), download(head)
    fill(book, 1, **values)
    fill(book, 2, text="Đang làm")
    answer = examined(client, book)
    [bad] = answer.context["bad"]
    assert bad.number == HEADINGS + 1
    assert sentence in " ".join(bad.faults)
    assert [line.number for line in answer.context["todo"]] == [HEADINGS + 2]
    confirm(client, answer)
    assert ProgressNote.objects.get().assignment_id == works[1].pk


def test_one_work_in_two_rows_is_taken_once(works, head):
    client, book = sign_in(head), download(head)
    fill(book, 1, text="Một")
    fill(book, 2, key=works[0].pk, label="1", text="Hai")
    answer = examined(client, book)
    assert [line.text for line in answer.context["todo"]] == ["Một"]
    assert f"đã có ở dòng {HEADINGS + 1}" in answer.context["bad"][0].faults[0]


def test_what_changed_after_the_look_stops_all_of_it(office, works, head):
    client, book = sign_in(head), download(head)
    fill(book, 1, text="Một")
    fill(book, 2, text="Hai")
    answer = examined(client, book)
    tracking.cancel(works[1], by=office.monitor, reason="Thôi")
    refused = confirm(client, answer)
    assert refused.status_code == 422
    assert "Chưa gửi dòng nào" in refused.content.decode()
    assert not ProgressNote.objects.exists()
    assert [line.text for line in refused.context["todo"]] == ["Một"]
    confirm(client, refused)
    assert ProgressNote.objects.get().text == "Một"


@pytest.mark.parametrize("who", ["staff", "other head"])
def test_rows_are_the_persons_own(office, works, head, who):
    book = download(head)
    fill(book, 1, text="Của người khác")
    person = {"staff": make_user("staff", office.rooms[0]), "other head": office.heads[office.rooms[1]]}[who]
    answer = examined(sign_in(person), book)
    assert answer.context["todo"] == []
    assert len(answer.context["bad"]) == (1 if who == "staff" else 4)


def test_a_look_of_somebody_else_or_of_yesterday_is_not_sent(office, works, head):
    book = download(head)
    fill(book, 1, text="Một")
    answer = examined(sign_in(head), book)
    other = sign_in(office.heads[office.rooms[1]])
    for client, seen in ((other, answer.context["seen"]), (sign_in(head), "khác")):
        send(client, SEND, seen=seen)
        assert "Bảng xem trước đã cũ." in page(client, "/")
    assert not Event.objects.filter(verb="note_progress").exists()


def test_who_owes_nothing_has_no_sheet(office):
    client = sign_in(office.leader)
    assert client.get(SHEET).status_code == client.get("/nhiem-vu/bang-tinh.xlsx").status_code == 404


def made_of(*rows, part=""):
    """A workbook of these rows; `part` stands in place of its sheet."""
    book, content = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    if not part:
        return content.getvalue()
    changed = BytesIO()
    with ZipFile(content) as old, ZipFile(changed, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, part if name == "xl/worksheets/sheet1.xml" else old.read(name))
    return changed.getvalue()


SPREADSHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
FAR = f'<worksheet {SPREADSHEET}><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
WIDE = (
    f'<worksheet {SPREADSHEET}><sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData></worksheet>'
)
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<!DOCTYPE worksheet [<!ENTITY a0 "ha">{LAUGHS}]><worksheet {SPREADSHEET}><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&a9;</t></is></c></row></sheetData></worksheet>'

FILES = {
    "no table": (lambda: SimpleUploadedFile("a.xlsx", made_of()), "Không thấy dòng tiêu đề"),
    "another table": (lambda: SimpleUploadedFile("a.xlsx", made_of(["Tên", "Tuổi"])), "Không thấy dòng tiêu đề"),
    "a program": (lambda: SimpleUploadedFile("a.xlsx", b"MZ\x90\x00" + b"\0" * 60), "không đúng với đuôi tệp"),
    "a broken zip": (lambda: SimpleUploadedFile("a.xlsx", b"PK\x03\x04" + b"\0" * 60), "Không đọc được tệp"),
    "old Excel": (lambda: SimpleUploadedFile("a.xls", b"x"), "định dạng Office cũ. Hãy mở ra, lưu lại thành Excel (.xlsx)."),
    "a PDF": (lambda: SimpleUploadedFile("a.pdf", b"%PDF-"), "nhận được (.xlsx). Hãy lưu thành Excel (.xlsx) rồi gửi lại."),
    "a cell in the last corner": (lambda: SimpleUploadedFile("a.xlsx", made_of(part=FAR)), "quá nặng"),
    "a row of sixteen thousand cells": (lambda: SimpleUploadedFile("a.xlsx", made_of(part=WIDE)), "quá nặng"),
    "entities that grow": (lambda: SimpleUploadedFile("a.xlsx", made_of(part=BOMB)), "Không đọc được tệp"),
    "nothing": (lambda: SimpleUploadedFile("a.xlsx", b""), "rỗng"),
}  # fmt: skip


@pytest.mark.parametrize(("made", "sentence"), FILES.values(), ids=FILES)
def test_a_file_that_is_no_such_table_is_refused_at_its_field(head, made, sentence):
    answer = sign_in(head).post(SHEET, {"file": made()})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


@pytest.mark.parametrize(
    ("said", "percent"), [("", None), ("60", 60), ("60 %", 60), ("0.6", 60), ("1", 1), ("12,5", 12)]
)
def test_how_a_percentage_is_read(said, percent):
    assert read_percent(said) == percent


@pytest.mark.parametrize("said", ["x", "X", "Có", "đã xong"])
def test_how_a_mark_is_read(said):
    assert read_mark(said)


@pytest.mark.parametrize("said", ["", "chưa", "Không", "-"])
def test_how_no_mark_is_read(said):
    assert not read_mark(said)
    with pytest.raises(UnreadableError):
        read_mark("gần xong")


@pytest.mark.parametrize(
    ("value", "shown", "percent"),
    [(1, "0%", 100), (0.6, "0.0%", 60), (0.07, "0%", 7), (1, "General", 1), (60, '0"%"', 60), (5, r"0\%", 5)],
)
def test_a_percentage_is_what_the_sheet_shows(works, head, value, shown, percent):
    client, book = sign_in(head), download(head)
    fill(book, 1, text="Đang làm", percent=value)
    book.active.cell(HEADINGS + 1, AT["percent"]).number_format = shown
    confirm(client, examined(client, book))
    assert ProgressNote.objects.get().percent == percent


def test_a_formula_brings_nothing_but_its_saved_value(works, head):
    client, book = sign_in(head), download(head)
    fill(book, 1, text='=HYPERLINK("http://x")')
    assert examined(client, book).context["todo"] == [], "openpyxl saves no value beside a formula"


def test_queries_do_not_grow_with_rows_that_say_nothing(office, works, head, django_assert_max_num_queries):
    client, book = sign_in(head), download(head)
    few = examined(client, book)
    office.issue(tasks=12, to=office.rooms[:1])
    many = download(head)
    with django_assert_max_num_queries(14):
        assert len(examined(client, many).context["bad"]) == len(few.context["bad"]) == 0
    assert {column.key for column in FILLED} <= set(AT)
