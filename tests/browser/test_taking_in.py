"""From a document to a draft and on to its issue, in a browser: pasted, sent as a Word file, sent as a PDF.

Everything is done twice, with and without a script.
"""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from directives.models import Assignment, Directive
from tests.drafting_world import SEED
from tests.extraction.pdf_files import column, pdf, words
from tests.extraction.word_files import docx, item, num, p, pattern, table
from units import clock

# What the source document cites, by its label.
CITED = {"254-KH/TU", "57-KL/TW", "1001/UBND-KGVX", "203/KH-UBND", "4259/SGTVT-VP"}
HEADING = table(
    [
        "UBND TỈNH QUẢNG NGÃI\nSỞ GIAO THÔNG VẬN TẢI\nSố:     /KH-SGTVT",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nQuảng Ngãi, ngày    tháng 5 năm 2030",
    ]
)
TASKS = table(
    ["TT", "Nội dung công việc", "Sản phẩm", "Chủ trì", "Phối hợp", "Thời hạn"],
    ["1", "Kiểm tra cầu yếu trên các tuyến tỉnh lộ", "Báo cáo", "Phòng Quản lý chất lượng công trình", "Thanh tra Sở", "Quý III/2030"],
    ["2", "Thay biển báo hỏng", "Biên bản nghiệm thu", "Trung tâm Kỹ thuật giao thông", "", "15/9/2030"],
)  # fmt: skip
FOOT = table(
    [
        "Nơi nhận:\n- UBND tỉnh (để b/c);\n- Các phòng chuyên môn, nghiệp vụ Sở;\n- Lưu: VT.",
        "GIÁM ĐỐC\n\nLê Văn Mẫu",
    ]
)
PLAN = (
    HEADING
    + p("KẾ HOẠCH")
    + p("Bảo đảm an toàn giao thông mùa mưa năm 2030")
    + p("Sở Giao thông vận tải ban hành Kế hoạch với các nhiệm vụ sau:")
    + item("Phòng Kế hoạch - Tài chính bố trí kinh phí, hoàn thành trước ngày 30/6/2030.")
    + item("Văn phòng Sở tổng hợp, báo cáo Giám đốc Sở.")
    + p("Các nhiệm vụ cụ thể:")
    + TASKS
    + FOOT
)


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def clerk(request, as_user) -> Page:
    return as_user("vanthu", java_script_enabled=request.param)


def opened(page: Page) -> Directive:
    """The draft on whose screen the page is."""
    expect(page).to_have_url(re.compile(r"/directive/\d+/change/"))
    return Directive.objects.get(pk=re.search(r"/directive/(\d+)/", page.url)[1])


def send(page: Page, file, *, incoming=False) -> Directive:
    page.goto("/van-ban/moi/")
    if incoming:
        page.get_by_label("Ghi văn bản nơi khác ban hành").check()
    page.get_by_label("Tải tệp Word hoặc PDF").set_input_files(file)
    page.get_by_role("button", name="Tách nhiệm vụ").click()
    return opened(page)


def units(task, duty) -> list[str]:
    return [line.unit.name for line in task.units.all() if line.duty == duty]


def row(task) -> tuple:
    return (task.label, task.due_on, task.deliverable, units(task, "lead"), units(task, "support"))


# --- Pasted ---------------------------------------------------------------------------------------


def test_the_source_document_is_issued_with_one_choice_typed(clerk, as_user):
    clerk.goto("/van-ban/moi/")
    clerk.get_by_label("Dán nội dung").fill(SEED)
    clerk.get_by_role("button", name="Tách nhiệm vụ").click()
    draft = opened(clerk)

    due = clock.today() + timedelta(days=30)
    clerk.get_by_role("group", name="Đặt cho mọi nhiệm vụ chưa có hạn").get_by_label("Thời hạn").fill(
        f"{due:%d/%m/%Y}"
    )
    clerk.get_by_role("button", name="Đặt và lưu").click()
    expect(clerk.get_by_text("Không còn chỗ nào cần kiểm tra")).to_be_visible()
    clerk.get_by_role("button", name="Trình ký").click()
    expect(clerk.get_by_text("Đã trình ký.")).to_be_visible()
    director = as_user("giamdoc")
    director.goto(f"/van-ban/{draft.pk}/xem-truoc/")
    director.get_by_role("button", name="Ký", exact=True).click()
    clerk.goto(f"/van-ban/{draft.pk}/xem-truoc/")
    clerk.get_by_role("link", name="Phát hành").click()
    clerk.get_by_role("button", name=re.compile("^Phát hành, giao việc cho 11 đơn vị")).click()
    expect(clerk.get_by_text("Đã phát hành văn bản số")).to_be_visible()

    draft.refresh_from_db()
    assert (draft.state, draft.notation, draft.issued_on) == ("issued", "SGTVT-VP", clock.today())
    assert draft.title.startswith("triển khai thực hiện Kế hoạch số 254-KH/TU ngày 19/01/2024")
    assert draft.signer_name == "Nguyễn Phong"
    assert [(task.label, task.due_on) for task in draft.tasks.all()] == [(f"{n}", due) for n in range(1, 5)]
    assert set(draft.citations.values_list("code", flat=True)) >= CITED
    assert Assignment.objects.filter(directive=draft).count() == 4 * 11


# --- Sent as a file -------------------------------------------------------------------------------


def test_a_word_file_with_numbers_of_its_own_and_a_table_of_tasks(clerk, tmp_path):
    file = docx(tmp_path / "ke-hoach.docx", PLAN, numbering=pattern(0, "decimal:%1.") + num(1, 0))
    draft = send(clerk, file)
    assert (draft.kind, draft.notation, draft.signer_title) == ("plan", "KH-SGTVT", "GIÁM ĐỐC")
    assert draft.title == "Bảo đảm an toàn giao thông mùa mưa năm 2030"
    finance, office = "Phòng Kế hoạch - Tài chính", "Văn phòng Sở"
    quality, centre = "Phòng Quản lý chất lượng công trình", "Trung tâm Kỹ thuật giao thông"
    assert [row(task) for task in draft.tasks.order_by("position")] == [
        ("1", date(2030, 6, 30), "", [finance], []),
        ("2", None, "", [office], []),
        ("1", date(2030, 9, 30), "Báo cáo", [quality], ["Thanh tra Sở"]),
        ("2", date(2030, 9, 15), "Biên bản nghiệm thu", [centre], []),
    ]
    assert [(line.text, line.purpose) for line in draft.addressees.all()] == [
        ("UBND tỉnh", "report"),
        ("Các phòng chuyên môn, nghiệp vụ Sở", "inform"),
        ("VT", "archive"),
    ]
    expect(clerk.get_by_role("link", name="ke-hoach.docx")).to_be_visible()


def test_a_pdf_whose_number_is_a_form_field_goes_into_the_book_as_printed(clerk, tmp_path):
    left = column(["ỦY BAN NHÂN DÂN", "TỈNH QUẢNG NGÃI", "Số:"], 90, 60) + words("/TB-UBND", 150, 92)
    right = column(["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"], 300, 60)
    day = words("Quảng Ngãi, ngày     tháng 4 năm 2030", 310, 108)
    title = words("THÔNG BÁO", 270, 140) + words("Về việc treo cờ Tổ quốc", 230, 156)
    body = column(
        [
            "1. Sở Giao thông vận tải chỉ đạo các bến xe treo cờ Tổ quốc trước ngày",
            "10/5/2030.",
            "2. Sở Ngoại vụ phối hợp tuyên truyền./.",
        ],
        80,
        190,
    )
    foot = (
        column(["Nơi nhận:", "- Sở Giao thông vận tải;", "- Lưu: VT."], 90, 300)
        + column(["CHỦ TỊCH"], 400, 300)
        + words("Lò Văn Mẫu", 400, 390)
    )
    file = pdf(
        tmp_path / "thong-bao.pdf",
        left + right + day + title + body + foot,
        fields=(("453", 115, 92), ("29", 410, 108)),
    )
    draft = send(clerk, file, incoming=True)
    assert (draft.kind, draft.number, draft.notation) == ("notice", "453", "TB-UBND")
    assert (draft.issued_on, draft.issuer.code) == (date(2030, 4, 29), "UBND")
    assert (draft.title, draft.signer_name) == ("Về việc treo cờ Tổ quốc", "Lò Văn Mẫu")
    assert [(task.label, task.due_on) for task in draft.tasks.order_by("position")] == [
        ("1", date(2030, 5, 10)),
        ("2", None),
    ]
    expect(clerk.get_by_role("link", name="thong-bao.pdf")).to_be_visible()
