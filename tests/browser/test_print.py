"""On paper: what the browser's print makes of the pages that are printed."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from directives import compliance
from directives.enums import Duty
from directives.models import Directive
from units import clock
from units.models import User

A4, A4_ACROSS = (210, 297), (297, 210)
SHEET = {"prefer_css_page_size": True, "print_background": False}
# What belongs to the screen alone.
FRAME = [
    "Tìm văn bản",
    "Đến nội dung chính",
    "Đổi mật khẩu",
    "Đăng xuất",
    "Ai làm, việc gì",
    "Thu hồi văn bản",
]


def printed(page, path) -> PdfReader:
    page.goto(path, wait_until="networkidle")
    return PdfReader(BytesIO(page.pdf(**SHEET)))


def said(paper: PdfReader, *, sheet: int | None = None) -> str:
    """Its text without any space: letters of two font files stand apart in a PDF, and lines break where they like."""
    sheets = paper.pages if sheet is None else [paper.pages[sheet]]
    return squeezed("".join(one.extract_text() for one in sheets))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def sizes(paper: PdfReader) -> set[tuple[int, int]]:
    """Width and height of the sheets in millimetres."""
    return {tuple(round(float(side) / 72 * 25.4) for side in sheet.mediabox[2:]) for sheet in paper.pages}


def at_head(sheet) -> tuple[str, float]:
    """What stands in the upper margin, and how many millimetres from the left edge."""
    found = []

    def keep(text, matrix, text_matrix, font, size):
        x, y = (text_matrix[4] * matrix[0] + matrix[4], text_matrix[5] * matrix[3] + matrix[5])
        if text.strip() and y > (297 - 20) / 25.4 * 72:
            found.append((text.strip(), x / 72 * 25.4))

    sheet.extract_text(visitor_text=keep)
    return ("".join(text for text, _ in found), found[0][1] if found else 0)


def lacks_the_frame(paper: PdfReader) -> bool:
    return not [words for words in FRAME if squeezed(words) in said(paper)]


@pytest.fixture
def director(as_user):
    return as_user("giamdoc", viewport={"width": 1366, "height": 900})


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_matrix_lies_across_and_says_in_words_what_its_colours_say(director, keys, scheme):
    director.emulate_media(color_scheme=scheme)
    paper = printed(director, f"/van-ban/{keys['letter']}/?day-du=1")
    assert sizes(paper) == {A4_ACROSS}
    assert len(paper.pages) <= 3
    assert lacks_the_frame(paper)
    first = said(paper, sheet=0)
    for words in [
        "Công văn 812/SGTVT-VP",
        "! Quá hạn 10 ngày",
        "◌ Không có hạn",
        "◔ Còn 4 ngày",
        "✓ Đúng hạn",
    ]:
        assert squeezed(words) in first, words
    for sheet in range(len(paper.pages)):
        if squeezed("Trung tâm Kỹ thuật giao thông") in said(paper, sheet=sheet):
            assert squeezed("1. Chủ động phổ biến") in said(paper, sheet=sheet), (
                "each sheet repeats the tasks"
            )


def test_the_document_is_printed_upright_in_the_layout_of_the_decree(director, keys):
    paper = printed(director, f"/van-ban/{keys['letter']}/xem-truoc/")
    assert sizes(paper) == {A4}
    assert lacks_the_frame(paper)
    order = [
        "SỞ GIAO THÔNG VẬN TẢI", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        "Số: 812/SGTVT-VP", "Quảng Ngãi, ngày", "Kính gửi:", "1. Chủ động phổ biến", "4. Tổ chức triển khai", "Nơi nhận:",
    ]  # fmt: skip
    places = [said(paper).find(squeezed(words)) for words in order]
    assert -1 not in places
    assert places == sorted(places)


def test_pages_are_numbered_from_the_second_in_the_middle_of_the_head(director, keys):
    body = "\n".join(f"{n}. Tổ chức thực hiện, báo cáo kết quả." for n in range(11, 101))
    Directive.objects.filter(pk=keys["letter"]).update(body=body)
    paper = printed(director, f"/van-ban/{keys['letter']}/xem-truoc/")
    assert len(paper.pages) >= 3
    numbers = [at_head(sheet) for sheet in paper.pages]
    assert [words for words, _ in numbers] == ["", *map(str, range(2, len(paper.pages) + 1))]
    assert all(abs(x - (210 + 30 - 20) / 2) < 5 for _, x in numbers[1:]), "the middle between the margins"


def test_what_fits_one_sheet_on_the_screen_is_one_sheet_of_paper_without_a_number(director, keys):
    path = f"/van-ban/{keys['submitted']}/xem-truoc/"
    director.goto(path, wait_until="networkidle")
    sheet = director.locator(".nd30").bounding_box()
    assert round(sheet["height"] / 96 * 25.4) == 297
    paper = printed(director, path)
    assert len(paper.pages) == 1
    assert at_head(paper.pages[0]) == ("", 0)


def test_the_screen_breaks_its_lines_as_the_paper_does(director, keys):
    paper = printed(director, f"/van-ban/{keys['letter']}/xem-truoc/")
    lines = paper.pages[0].extract_text().splitlines()
    first = next(n for n, line in enumerate(lines) if squeezed("Thực hiện Kế hoạch") in squeezed(line))
    last = next(n for n, line in enumerate(lines) if squeezed("một số nội dung sau:") in squeezed(line))
    height = director.locator(".bd p").first.bounding_box()["height"]
    assert last - first + 1 == round(height / (14 / 72 * 96 * 1.3))


def boxes() -> list[str]:
    """What the two boxes say to the director of the leading duties."""
    director = User.objects.get(username="giamdoc")
    told = compliance.tally(compliance.visible(director), clock.today()).only(Duty.LEAD)
    undated = f" (trong đó {told.done_undated} không có thời hạn)" if told.done_undated else ""
    return [
        f"{told.done_on_time_box} đúng hạn{undated} · {told.done_late} quá hạn",
        f"{told.open_in_time_box} trong hạn · {told.open_overdue_box} quá hạn (trong đó {told.awaiting_late} chờ xác nhận)",
    ]


def test_the_figures_are_printed_as_a_table_to_be_signed(director):
    paper = printed(director, "/thong-ke/")
    assert sizes(paper) == {A4}
    assert len(paper.pages) <= 2
    assert lacks_the_frame(paper)
    text = said(paper)
    for words in ["TÌNH HÌNH THỰC HIỆN NHIỆM VỤ ĐƯỢC GIAO", "Số liệu đến", "Đã hoàn thành", *boxes(),
                  "Chưa hoàn thành", "1 tạm dừng", "Đang quá hạn Chờ xác nhận",
                  "NGƯỜI LẬP BIỂU", "THỦ TRƯỞNG ĐƠN VỊ", "UBND TỈNH QUẢNG NGÃI SỞ GIAO THÔNG VẬN TẢI"]:  # fmt: skip
        assert squeezed(words) in text, words


def test_on_paper_two_greys_that_nobody_could_tell_apart_are_striped(director):
    director.goto("/thong-ke/?vai-tro=tat-ca", wait_until="networkidle")
    fill = "one => getComputedStyle(one).fill"
    pieces = director.locator(".rank .f-soon, .docs .f-soon, .key .f-soon")
    assert not any("url" in pieces.nth(n).evaluate(fill) for n in range(pieces.count()))
    director.emulate_media(media="print")
    filled = {pieces.nth(n).evaluate(fill) for n in range(pieces.count())}
    assert ['url("#in-soon")' in one for one in filled] == [True]
    assert director.locator("pattern#in-soon").count() == 1


def test_late_work_is_printed_across_with_whole_names_and_what_it_is_of(director):
    paper = printed(director, "/thong-ke/can-quyet/?co-quan=6")
    assert sizes(paper) == {A4_ACROSS}
    assert len(paper.pages) <= 2
    assert lacks_the_frame(paper)
    text = said(paper)
    for words in ["VIỆC QUÁ HẠN CẦN QUYẾT", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Do Sở Giao thông vận tải giao",
                  "Ai đang chậm?", "Nghẽn ở đâu?", "Phòng Quản lý kết cấu hạ tầng giao thông",
                  "297/SGTVT-VP, 1. Định kỳ hằng quý, báo cáo kết quả bảo đảm trật tự, an toàn giao", "Đơn vị báo cáo hoàn thành"]:  # fmt: skip
        assert squeezed(words) in text, words
    for words in ["Đôn đốc nhiều đơn vị", "Ghi nhận buổi họp", "Yêu cầu giải trình"]:
        assert squeezed(words) not in text, words


def test_a_list_begins_under_its_heading_and_repeats_its_head(director):
    paper = printed(director, "/thong-ke/phan-viec/?vai-tro=lead")
    assert sizes(paper) == {A4}
    first = said(paper, sheet=0)
    for words in ["Tổng số được giao: 59", "Nhiệm vụ chủ trì", "Trang này có 50 trên 59 phần việc", "Cảng vụ đường thủy nội địa"]:  # fmt: skip
        assert squeezed(words) in first, words
    for sheet in range(len(paper.pages)):
        assert squeezed("Đơn vị Văn bản Nhiệm vụ Thời hạn Tình trạng") in said(paper, sheet=sheet)


@pytest.mark.parametrize("face", ["DejaVu Serif", "Liberation Serif"])
def test_the_national_title_stays_on_one_line_in_any_face(director, face):
    director.goto("/thong-ke/", wait_until="networkidle")
    director.emulate_media(media="print")
    director.set_viewport_size({"width": round((210 - 34) / 25.4 * 96), "height": 900})
    director.evaluate("face => document.documentElement.style.setProperty('--doc', `'${face}', serif`)", face)
    title = director.get_by_text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    lines = title.evaluate(
        "one => one.getBoundingClientRect().height / parseFloat(getComputedStyle(one).lineHeight)"
    )
    assert round(lines) == 1
    assert director.evaluate("document.documentElement.scrollWidth <= innerWidth")
