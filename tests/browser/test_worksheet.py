"""The unit's work in Excel and back again, as a person at the desk does it."""

from openpyxl import load_workbook
from playwright.sync_api import expect

from directives.enums import AssignmentState
from directives.models import Assignment, ProgressNote
from tests.browser.axe import axe_violations
from tests.test_worksheet import AT, HEADINGS
from units import clock

from .test_story import DESK


def test_a_sheet_is_downloaded_filled_in_and_sent(as_user, keys, tmp_path):
    page = as_user("truongphong", viewport=DESK)
    page.goto("/nhiem-vu/")
    page.get_by_role("link", name="Bảng tính").click()
    with page.expect_download() as coming:
        page.get_by_role("link", name="Tải bảng việc đang thực hiện").click()
    filled = tmp_path / "nhiem-vu.xlsx"
    coming.value.save_as(filled)
    works = fill(filled, keys)
    page.get_by_label("Bảng đã điền (.xlsx)").set_input_files(filled)
    page.get_by_role("button", name="Kiểm tra bảng").click()
    expect(page.get_by_role("cell", name="Không có việc mang mã này")).to_be_visible()
    assert axe_violations(page) == []
    page.get_by_role("button", name="Gửi 2 việc").click()
    expect(page.get_by_text("Đã gửi 2 việc trong bảng.")).to_be_visible()
    assert Assignment.objects.get(pk=keys["open"]).state == AssignmentState.REPORTED
    assert ProgressNote.objects.filter(assignment=works[1], percent=70).count() == 1


def fill(path, keys) -> list[int]:
    """The assignment `open` done, the first of the others on its way, the next one under a number nobody has."""
    book = load_workbook(path)
    sheet = book.active
    rows = {sheet.cell(row, 1).value: row for row in range(HEADINGS + 1, sheet.max_row + 1)}
    others = [key for key in rows if key != keys["open"]]
    done = {"text": "Đã phổ biến xong", "done": "x", "document": "15/BC-KCHT", "dated_on": clock.today()}
    for key, values in {
        keys["open"]: done,
        others[0]: {"text": "Đang lấy ý kiến", "percent": 70},
        others[1]: {"key": 99_999_999},
    }.items():
        for name, value in values.items():
            sheet.cell(rows[key], AT[name]).value = value
    book.save(path)
    return [keys["open"], *others]
