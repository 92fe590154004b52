"""On paper: what the browser's print makes of the pages that are printed."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

A4 = {"prefer_css_page_size": True, "print_background": False}
FRAME = ["Tìm số, ký hiệu", "Đến nội dung chính", "Đổi mật khẩu", "Đăng xuất", "Ai làm, việc gì"]


def printed(page, path) -> PdfReader:
    page.goto(path, wait_until="networkidle")
    return PdfReader(BytesIO(page.pdf(**A4)))


def words(paper: PdfReader) -> str:
    """Its text on one line: where lines break is the page's business."""
    return re.sub(r"\s+", " ", " ".join(sheet.extract_text() for sheet in paper.pages))


def millimetres(paper: PdfReader) -> set[tuple[int, int]]:
    return {tuple(round(float(side) / 72 * 25.4) for side in sheet.mediabox[2:]) for sheet in paper.pages}


@pytest.fixture
def director(as_user):
    return as_user("giamdoc", viewport={"width": 1366, "height": 900})


def test_the_matrix_lies_across_two_sheets_at_most(director, keys):
    paper = printed(director, f"/van-ban/{keys['letter']}/?day-du=1")
    print(len(paper.pages), millimetres(paper), words(paper)[:1500])


def test_preview(director, keys):
    paper = printed(director, f"/van-ban/{keys['letter']}/xem-truoc/")
    print(len(paper.pages), millimetres(paper), words(paper)[:3000])


def test_figures(director, keys):
    paper = printed(director, "/thong-ke/")
    print(len(paper.pages), millimetres(paper), words(paper)[:2500])
