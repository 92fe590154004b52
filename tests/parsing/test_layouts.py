"""State and Party layouts, drafts, and what pasting does to a text."""

import unicodedata
from datetime import date

import pytest

from directives.parsing import parse
from directives.parsing.labels import as_labels

from .old_letters import in_tcvn3
from .samples import ALL, ANNEX, DECISION, LETTER, PARTY_PLAN, WIRE


def tasks_of(text):
    return [(t.label, t.parent_label) for t in parse(text).tasks]


def test_party_plan():
    plan = parse(PARTY_PLAN)
    assert (plan.kind, plan.code, plan.notation) == ("Kế hoạch", "18-KH/BTGTU", "KH/BTGTU")
    assert (plan.issuer, plan.parent_issuer, plan.place) == ("BAN TUYÊN GIÁO", "TỈNH UỶ LÂM SƠN", "Lâm Sơn")
    assert plan.issued_on == date(2024, 2, 5)
    assert plan.title.startswith("thực hiện Chỉ thị số 12-CT/TU")
    assert plan.title.endswith("tuyên truyền miệng")
    assert [(c.code, c.issued_on, c.relation) for c in plan.citations] == [
        ("12-CT/TU", date(2024, 1, 3), "implements"),
        ("30-QĐ/TU", date(2023, 11, 10), "based_on"),
    ]
    assert [(r.name, r.purpose, r.role) for r in plan.recipients] == [
        ("Thường trực Tỉnh uỷ", "để báo cáo", "report"),
        ("Các ban tuyên giáo huyện uỷ", "để thực hiện", "act"),
        ("Văn phòng Ban", "Lưu", "archive"),
    ]
    signer = plan.signer
    assert (signer.authority, signer.title, signer.name) == (
        "T/M BAN TUYÊN GIÁO K/T TRƯỞNG BAN",
        "PHÓ TRƯỞNG BAN",
        "Trần Văn Mẫu",
    )


def test_party_sections_hold_the_tasks_and_aims_are_none():
    plan = parse(PARTY_PLAN)
    assert tasks_of(PARTY_PLAN) == [
        ("II", None),
        ("1", "II"),
        ("a", "1"),
        ("b", "1"),
        ("2", "II"),
        ("III", None),
        ("1", "III"),
    ]
    assert [t.is_heading for t in plan.tasks] == [True, True, False, False, False, True, False]
    assert [t.parent for t in plan.tasks] == [None, 0, 1, 1, 0, None, 5]


def test_leads_helpers_and_deadlines():
    a, b, quarterly, reports = (parse(PARTY_PLAN).tasks[at] for at in (2, 3, 4, 6))
    assert (a.leads, a.coordinating) == (("Phòng Tuyên truyền",), ("Văn phòng",))
    assert (a.deadline_text, a.deadline_on) == ("trước ngày 15/3/2024", date(2024, 3, 15))
    assert (b.leads, b.deadline_text) == (("Văn phòng",), None)
    assert (quarterly.deadline_text, quarterly.deadline_on, quarterly.recurrence) == (
        "hằng quý",
        None,
        "quarterly",
    )
    assert (reports.leads, reports.deadline_on) == (("Các ban tuyên giáo huyện uỷ",), date(2024, 3, 31))


def test_decision_in_two_columns():
    decision = parse(DECISION)
    assert (decision.kind, decision.number, decision.issued_on) == ("Quyết định", "07", date(2024, 1, 9))
    assert (decision.issuer, decision.parent_issuer) == ("ỦY BAN NHÂN DÂN TỈNH LÂM SƠN", None)
    assert decision.title == "kiện toàn Ban Chỉ đạo an toàn giao thông"
    assert tasks_of(DECISION) == [("Điều 1", None), ("Điều 2", None), ("Điều 3", None)]
    assert decision.tasks[2].leads == (
        "Chánh Văn phòng Ủy ban nhân dân tỉnh",
        "Giám đốc các sở",
        "các đơn vị có liên quan",
    )
    assert [(r.name, r.purpose) for r in decision.recipients] == [
        ("Như Điều 3", None),
        ("Bộ Giao thông vận tải", "để b/c"),
        ("VT, GT", "Lưu"),
    ]
    assert (decision.signer.authority, decision.signer.title) == ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    assert decision.signer.name == "Lê Thị Mẫu"


def test_law_by_name_date_after_the_issuer_and_replacement():
    cited = [(c.code or c.name, c.issued_on, c.relation) for c in parse(DECISION).citations]
    assert cited == [
        ("Luật Tổ chức chính quyền địa phương", date(2015, 6, 19), "based_on"),
        ("30/2020/NĐ-CP", date(2020, 3, 5), "based_on"),
        ("99/QĐ-UBND", date(2022, 2, 2), "replaces"),
    ]


def test_wire():
    wire = parse(WIRE)
    assert (wire.kind, wire.urgency, wire.number) == ("Công điện", "HỎA TỐC", "03")
    assert (wire.issuer, wire.parent_issuer) == ("BAN CHỈ HUY PHÒNG THỦ DÂN SỰ", "UBND TỈNH LÂM SƠN")
    assert [a.name for a in wire.addressees] == ["Ủy ban nhân dân các huyện", "Các sở, ban, ngành"]
    assert [(t.label, t.leads, t.deadline_on) for t in wire.tasks] == [
        ("1", (), date(2024, 9, 13)),
        ("2", ("Sở Giao thông vận tải",), None),
    ]
    assert wire.tasks[1].coordinating == ("Công an tỉnh",)


def test_rows_of_a_task_table():
    plan = parse(ANNEX)
    assert tasks_of(ANNEX) == [("II", None), ("1", "II"), ("1", None), ("2", None)]
    first, second = plan.tasks[2:]
    assert (first.from_table, first.deliverable, first.leads) == (
        True,
        "Quyết định công bố",
        ("Văn phòng Sở",),
    )
    assert first.coordinating == ("Thanh tra Sở", "các phòng chuyên môn")
    assert (first.deadline_text, first.deadline_on) == ("Quý II/2024", date(2024, 6, 30))
    assert second.leads == ("Thanh tra Sở", "Văn phòng Sở")
    assert (second.deadline_text, second.deadline_on) == ("Thường xuyên", None)


@pytest.mark.parametrize(
    ("line", "number", "code"),
    [
        ("Số:      /KH-SXD", None, "/KH-SXD"),
        ("Số   -KH/TU", None, "-KH/TU"),
        ("Số:09/2010/QĐ-UBND", "09", "09/2010/QĐ-UBND"),
        ("Số: 2276 /VP-TH", "2276", "2276/VP-TH"),
        ("Số 2449 -CV/ĐU", "2449", "2449-CV/ĐU"),
        ("SỐ: 5/BC-STP", "5", "5/BC-STP"),
    ],
)
def test_numbers(line, number, code):
    parsed = parse(
        f"SỞ XÂY DỰNG\n{line}\nLâm Sơn, ngày 02 tháng 5 năm 2024\nKẾ HOẠCH\nNăm 2024\n1. Rà soát hồ sơ."
    )
    assert (parsed.number, parsed.code, parsed.issuer) == (number, code, "SỞ XÂY DỰNG")


def test_number_parted_from_its_symbol():
    parsed = parse(
        "ỦY BAN NHÂN DÂN\nTỈNH LÂM SƠN\nSố: 453\nĐộc lập – Tự do – Hạnh phúc\n/TB-UBND\nTHÔNG BÁO\nTreo cờ"
    )
    assert (parsed.number, parsed.code, parsed.issuer) == (
        "453",
        "453/TB-UBND",
        "ỦY BAN NHÂN DÂN TỈNH LÂM SƠN",
    )


@pytest.mark.parametrize("text", ALL)
@pytest.mark.parametrize(
    "pasted",
    [
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: "\ufeff" + text,
        lambda text: "\n".join(
            f"**{line}**" if line.startswith(("KẾ HOẠCH", "I")) else line for line in text.split("\n")
        ),
    ],
    ids=["NFD", "CRLF", "CR", "NBSP", "BOM", "markdown"],
)
def test_pasting_changes_nothing_but_offsets(text, pasted):
    assert without_offsets(pasted(text)) == without_offsets(text)


def without_offsets(text):
    labels = as_labels(parse(text))
    labels.pop("spans")
    for part in ("tasks", "references", "doubts"):
        for row in labels[part]:
            row.pop("span")
    return labels


def test_blank_day_keeps_month_and_year():
    hint = parse(
        "Quảng Ngãi, ngày    tháng 12 năm 2024\n\nKính gửi: Sở Xây dựng\n\nGiao Sở Xây dựng báo cáo."
    ).date_hint
    assert (hint.day, hint.month, hint.year) == (None, 12, 2024)


def test_kind_is_inferred_from_the_notation_and_said_so():
    parsed = parse("UBND XÃ MẪU\nSố: 3/KH-UBND\nMẫu, ngày 02 tháng 5 năm 2024\n1. Rà soát hồ sơ.")
    assert parsed.kind == "Kế hoạch"
    assert "kind_inferred" in {d.code for d in parsed.doubts}


def test_known_units_are_recognised_whatever_they_are_called():
    text = LETTER.replace("1. Chủ động", "1. Nhà khách Hương Cau chủ động")
    assert parse(text).tasks[0].leads == ()
    assert parse(text, unit_names=["Nhà khách Hương Cau"]).tasks[0].leads == ("Nhà khách Hương Cau",)


def test_a_report_orders_nothing():
    assert parse(ANNEX.replace("KẾ HOẠCH\n", "BÁO CÁO\n")).tasks == ()


@pytest.mark.parametrize(
    "paragraph",
    ["Sở Xây dựng ban hành Kế hoạch với các nhiệm vụ sau:", "Ban Chỉ đạo nhận thấy " + "rất dài " * 40],
)
def test_a_word_file_has_no_empty_line_between_title_and_text(paragraph):
    text = (
        f"Số: 21/KH-SXD\n\nKẾ HOẠCH\nCải cách hành chính\ncủa Sở năm 2024\n{paragraph}\n1. Văn phòng rà soát."
    )
    assert parse(text).title == "Cải cách hành chính của Sở năm 2024"


def test_party_letter_has_its_subject_under_the_number():
    letter = parse(
        "BAN TỔ CHỨC\n*\nSố 357-CV/BTCTU\nphối hợp tổ chức hội nghị tập huấn\ncông tác đảng viên\n"
        "ĐẢNG CỘNG SẢN VIỆT NAM\nLâm Sơn, ngày 03 tháng 02 năm 2025\n\nKính gửi: - Các huyện uỷ,\n- Đảng uỷ Công an tỉnh.\n\n"
        "Thực hiện Kế hoạch số 12-KH/TU, ngày 02/01/2025 của Tỉnh uỷ, đề nghị các đơn vị cử cán bộ trước ngày 10/02/2025."
    )
    assert (letter.kind, letter.title) == (
        "Công văn",
        "phối hợp tổ chức hội nghị tập huấn công tác đảng viên",
    )
    assert [a.name for a in letter.addressees] == ["Các huyện uỷ", "Đảng uỷ Công an tỉnh"]
    assert [(c.code, c.relation) for c in letter.citations] == [("12-KH/TU", "based_on")]
    assert [(t.label, t.leads, t.deadline_on) for t in letter.tasks] == [
        (None, ("các đơn vị",), date(2025, 2, 10))
    ]


def test_signature_above_the_list():
    parsed = parse(
        LETTER.replace("Nơi nhận:", "GIÁM ĐỐC\n\nNguyễn Phong\n\nNơi nhận:").removesuffix(
            "GIÁM ĐỐC\n\nNguyễn Phong"
        )
    )
    assert (parsed.signer.title, parsed.signer.name) == ("GIÁM ĐỐC", "Nguyễn Phong")
    assert [r.name for r in parsed.recipients][-1] == "VT, VP.(vi)"
    assert len(parsed.tasks) == 4


def test_letters_of_before_unicode_are_read_where_they_stand():
    body = unicodedata.normalize("NFC", LETTER)
    old = in_tcvn3(body)
    parsed = parse(old)
    assert [t.label for t in parsed.tasks] == ["1", "2", "3", "4"]
    assert parsed.tasks[0].text.startswith("Chủ động phổ biến")
    first = parsed.tasks[0].span
    assert old[first.start : first.end].startswith("1. Chñ ®éng phæ biÕn")
    assert "legacy_letters" in {d.code for d in parsed.doubts}
    assert "legacy_letters" not in {d.code for d in parse(LETTER).doubts}


JOINT = """SỞ XÂY DỰNG - CÔNG AN TỈNH
Số: 12/KHLT-SXD-CAT
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Lâm Sơn, ngày 05 tháng 3 năm 2026

KẾ HOẠCH LIÊN TỊCH
Rà soát biển báo

1. Phòng Hạ tầng rà soát.

"""
LIST = "Nơi nhận:\n- UBND tỉnh (b/c);\n- Lưu: VT.\n\n"
FIRST, SECOND = (
    "CÔNG AN TỈNH\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nĐại tá Lê Văn Một\n\n",
    "SỞ XÂY DỰNG\nGIÁM ĐỐC\nTrần Thị Hai\n\n",
)
BESIDE = (
    "CÔNG AN TỈNH   SỞ XÂY DỰNG\nKT. GIÁM ĐỐC   GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nĐại tá Lê Văn Một   Trần Thị Hai\n\n"
)


@pytest.mark.parametrize(
    "foot",
    [FIRST + SECOND + LIST, LIST + FIRST + SECOND, BESIDE + LIST],
    ids=["above the list", "below it", "side by side"],
)
def test_a_joint_paper_is_signed_twice_and_each_signature_is_whole(foot):
    paper = parse(f"{JOINT}{foot}PHỤ LỤC\n")
    assert (paper.kind, paper.title) == ("Kế hoạch", "Rà soát biển báo")
    signer = paper.signer
    assert (signer.authority, signer.title, signer.name) == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lê Văn Một")
    assert [(r.name, r.role) for r in paper.recipients] == [("UBND tỉnh", "report"), ("VT", "archive")]


def test_signature_one_space_beside_the_list():
    parsed = parse(
        DECISION.replace("Nơi nhận:\tKT.", "Nơi nhận: KT.")
        .replace("Điều 3;\tPHÓ", "Điều 3; PHÓ")
        .replace("GT.\tLê", "GT.\nLê")
    )
    assert [r.name for r in parsed.recipients] == ["Như Điều 3", "Bộ Giao thông vận tải", "VT, GT"]
    assert (parsed.signer.authority, parsed.signer.title) == ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")


@pytest.mark.parametrize(
    ("basis", "cited"),
    [
        ("Thông tư số 10/TT-BYT ngày 01/02/2024 của Bộ Y tế và;", [("10/TT-BYT", "Bộ Y tế")]),
        (
            "Thông tư số 10/TT-BYT ngày 01/02/2024 của Bộ Y tế và số 11/TT-BNV ngày 02/02/2024 của Bộ Nội vụ;",
            [("10/TT-BYT", "Bộ Y tế"), ("11/TT-BNV", "Bộ Nội vụ")],
        ),
        (
            "Thông tư liên tịch số 10/TTLT-BYT ngày 01/02/2024 của Bộ Y tế và Bộ Nội vụ;",
            [("10/TTLT-BYT", "Bộ Y tế và Bộ Nội vụ")],
        ),
    ],
)
def test_the_name_of_a_cited_office_ends_before_the_word_that_leads_on(basis, cited):
    read = parse(f"SỞ Y TẾ\nSố: 1/SYT-VP\nV/v tổ chức\n\nCăn cứ {basis}\n1. Tổ chức thực hiện.\n")
    assert [(one.code, one.issuer) for one in read.citations] == cited
