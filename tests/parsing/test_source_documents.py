"""The two documents the product began with: the letter of a department and an article about a plan."""

from datetime import date

import pytest

from directives.parsing import DateHint, parse, sentence

from .samples import ARTICLE, LETTER


@pytest.fixture(scope="module")
def letter():
    return parse(LETTER)


@pytest.fixture(scope="module")
def article():
    return parse(ARTICLE)


def test_letter_header(letter):
    assert (letter.kind, letter.number, letter.notation, letter.code) == (
        "Công văn",
        None,
        "SGTVT-VP",
        "/SGTVT-VP",
    )
    assert (letter.issued_on, letter.date_hint) == (None, DateHint(day=None, month=3, year=2024))
    assert (letter.place, letter.issuer, letter.parent_issuer, letter.urgency) == (
        "Quảng Ngãi",
        None,
        None,
        None,
    )
    assert letter.title == (
        "triển khai thực hiện Kế hoạch số 254-KH/TU ngày 19/01/2024 của Ban Thường vụ Tỉnh ủy"
    )


def test_letter_addressees(letter):
    assert [a.name for a in letter.addressees] == [
        "Các phòng chuyên môn, nghiệp vụ Sở",
        "Các đơn vị sự nghiệp trực thuộc Sở",
    ]


def test_letter_citations(letter):
    assert [(c.code, c.issued_on, c.kind, c.relation) for c in letter.citations] == [
        ("254-KH/TU", date(2024, 1, 19), "Kế hoạch", "implements"),
        ("57-KL/TW", date(2023, 6, 15), "Kết luận", "based_on"),
        ("1001/UBND-KGVX", date(2024, 2, 28), "Công văn", "based_on"),
        ("203/KH-UBND", date(2023, 11, 22), "Kế hoạch", "mentions"),
        ("4259/SGTVT-VP", date(2023, 12, 28), "Công văn", "mentions"),
    ]
    assert [c.issuer for c in letter.citations] == [
        "Ban Thường vụ Tỉnh ủy",
        "Bộ Chính trị",
        "UBND tỉnh",
        "UBND tỉnh",
        "Giám đốc Sở",
    ]


def test_letter_tasks(letter):
    assert [task.label for task in letter.tasks] == ["1", "2", "3", "4"]
    assert [task.text.split(",")[0] for task in letter.tasks] == [
        "Chủ động phổ biến",
        "Tăng cường công tác phối hợp",
        "Đẩy mạnh đấu tranh phản bác các quan điểm sai trái",
        "Tổ chức triển khai thực hiện có hiệu quả Kế hoạch số 203/KH-UBND ngày 22/11/2023 của UBND tỉnh và Công văn số "
        "4259/SGTVT-VP ngày 28/12/2023 của Giám đốc Sở về công tác thông tin đối ngoại và truyền thông chính sách tỉnh "
        "Quảng Ngãi năm 2024; thực hiện tốt Quy chế phát ngôn và cung cấp thông tin cho báo chí chủ động",
    ]
    for task in letter.tasks:
        assert (task.parent, task.parent_label, task.leads, task.coordinating) == (None, None, (), ())
        assert (task.deadline_text, task.deadline_on, task.is_heading) == (None, None, False)


def test_letter_task_goes_on_over_the_page_and_stops_before_the_farewell(letter):
    last = letter.tasks[-1]
    assert "truyền thông chính sách tỉnh" in last.text
    assert last.text.endswith("chủ động, kịp thời, chính xác.")


def test_letter_recipients_and_signer(letter):
    assert [(r.name, r.purpose, r.role) for r in letter.recipients] == [
        ("Như trên", None, "act"),
        ("BTG Tỉnh ủy", "B/cáo", "report"),
        ("UBND tỉnh", "B/cáo", "report"),
        ("Lãnh đạo Sở", None, None),
        ("VT, VP.(vi)", "Lưu", "archive"),
    ]
    assert (letter.signer.authority, letter.signer.title, letter.signer.name) == (
        None,
        "GIÁM ĐỐC",
        "Nguyễn Phong",
    )


def test_letter_doubts_say_why(letter):
    assert [(d.code, d.task) for d in letter.doubts] == [
        ("number_blank", None),
        ("day_blank", None),
        ("issuer_missing", None),
        ("deadline_missing", 0),
        ("deadline_missing", 1),
        ("deadline_missing", 2),
        ("deadline_missing", 3),
    ]
    assert sentence(letter.doubts[0]) == "Bản gốc để trống số; văn thư cấp số khi phát hành."
    assert sentence(letter.doubts[-1]) == "Văn bản không nêu thời hạn cho nhiệm vụ 4."


def test_letter_points_at_the_blanks(letter):
    number, day = letter.spans["number"], letter.spans["issued_on"]
    assert LETTER[number.start - 3 : number.end + 6] == "Số: /SGTVT"
    assert LETTER[day.start : day.end] == "ngày tháng 3 năm 2024"


def test_article_is_about_the_plan(article):
    assert (article.kind, article.number, article.notation, article.code) == (
        "Kế hoạch",
        "4193",
        "KH-UBND",
        "4193/KH-UBND",
    )
    assert (article.issued_on, article.place) == (date(2020, 11, 24), None)
    assert (article.issuer, article.parent_issuer) == ("Chủ tịch UBND tỉnh", None)
    assert article.title == "Công tác thông tin đối ngoại tỉnh Ninh Thuận năm 2021"
    assert (article.addressees, article.recipients, article.signer) == ((), (), None)
    assert article.confidences["issuer"] < 1


def test_article_citations(article):
    assert [(c.code, c.issued_on, c.kind) for c in article.citations] == [
        ("85/2018/QĐ-UBND", date(2018, 9, 27), "Quyết định")
    ]


def test_article_orders_have_no_number(article):
    assert [(t.label, t.parent, t.leads, t.coordinating, t.deadline_text) for t in article.tasks] == [
        (None, None, ("các Sở, ngành, địa phương",), (), None),
        (None, None, ("các cơ quan đơn vị",), ("Sở Thông tin và Truyền thông",), None),
    ]
    assert article.tasks[0].text.startswith("Chủ tịch UBND tỉnh Yêu cầu các Sở, ngành, địa phương phối hợp")
    assert article.tasks[1].text.startswith("Trong quá trình triển khai thực hiện, nếu có vấn đề phát sinh")
    assert article.tasks[1].text.endswith("xem xét, giải quyết")


def test_article_doubts(article):
    codes = {d.code for d in article.doubts}
    assert {"from_article", "no_numbered_task", "signer_missing", "recipients_missing"} <= codes
    assert "number_blank" not in codes
