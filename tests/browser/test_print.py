"""On paper: what the browser's print makes of the pages that are printed."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

A4, A4_ACROSS = (210, 297), (297, 210)
SHEET = {"prefer_css_page_size": True, "print_background": False}
# What belongs to the screen alone.
FRAME = [
    "Tìm số, ký hiệu",
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
    assert (sizes(paper), len(paper.pages)) == ({A4}, 2)
    assert lacks_the_frame(paper)
    order = [
        "SỞ GIAO THÔNG VẬN TẢI", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        "Số: 812/SGTVT-VP", "Quảng Ngãi, ngày", "Kính gửi:", "1. Chủ động phổ biến", "4. Tổ chức triển khai", "Nơi nhận:",
    ]  # fmt: skip
    places = [said(paper).find(squeezed(words)) for words in order]
    assert -1 not in places
    assert places == sorted(places)


def test_the_figures_are_printed_as_a_table_to_be_signed(director):
    paper = printed(director, "/thong-ke/")
    assert sizes(paper) == {A4}
    assert len(paper.pages) <= 2
    assert lacks_the_frame(paper)
    text = said(paper)
    for words in ["TÌNH HÌNH THỰC HIỆN NHIỆM VỤ ĐƯỢC GIAO", "Số liệu đến", "Đã hoàn thành", "11 đúng hạn · 1 quá hạn",
                  "Chưa hoàn thành", "33 trong hạn · 4 quá hạn", "NGƯỜI LẬP BIỂU", "THỦ TRƯỞNG ĐƠN VỊ"]:  # fmt: skip
        assert squeezed(words) in text, words
