"""What a PDF's text layer says, put together by the places of its letters."""

import time

import pytest

from directives.extraction import Suspect, extract

from .pdf_files import HEIGHT, PICTURE, WIDTH, column, pdf, stroke, table, words

LEFT, RIGHT = 80, 560


@pytest.fixture
def lines(tmp_path):
    return lambda *pages, **options: extract(pdf(tmp_path / "a.pdf", *pages, **options)).text.splitlines()


def full(start):
    """Words that fill a line from the left margin to the right one."""
    return (start + " lại" * 30)[: (RIGHT - LEFT) // 6].rsplit(" ", 1)[0]


HEADING = column(["UBND XÃ ĐỒI CHÈ", "PHÒNG HẠ TẦNG", "Số: 12/KH-HT"], 90, 60) + column(
    [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Đồi Chè, ngày 05 tháng 3 năm 2026",
    ],
    300,
    60,
)


def test_the_heading_is_read_column_after_column(lines):
    body = words("KẾ HOẠCH", 296, 130) + words(full("Rà soát"), LEFT, 160)
    assert lines(HEADING + body)[:9] == [
        "UBND XÃ ĐỒI CHÈ", "PHÒNG HẠ TẦNG", "Số: 12/KH-HT", "",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Đồi Chè, ngày 05 tháng 3 năm 2026", "", "KẾ HOẠCH",
    ]  # fmt: skip


def test_the_subject_of_a_letter_goes_on_below_its_number(lines):
    subject = column(["V/v rà soát biển báo", "trên địa bàn xã"], 90, 108)
    found = lines(HEADING + subject + words("Kính gửi: Đội Điện.", 240, 160))
    assert found[3:5] == ["V/v rà soát biển báo", "trên địa bàn xã"]
    assert found[-1] == "Kính gửi: Đội Điện."


def test_recipients_and_signature_come_apart(lines):
    left = column(["Nơi nhận:", "- Như trên;", "- Lưu: VT."], 90, 500)
    right = column(["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"], 400, 497) + words("Lò Văn Mẫu", 404, 590)
    assert lines(words(full("Rà soát"), LEFT, 400) + left + right)[-7:] == [
        "Nơi nhận:", "- Như trên;", "- Lưu: VT.", "", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lò Văn Mẫu",
    ]  # fmt: skip


def test_recipients_go_on_on_the_next_page(lines):
    left = column(["Nơi nhận:", "- Như trên;", "- Đội Điện;"], 90, 740, 10)
    right = column(["CHỦ TỊCH", "Lò Văn Mẫu"], 400, 740)
    found = lines(
        words(full("Rà soát"), LEFT, 400) + left + right,
        column(["- Phòng Hạ tầng;", "- Lưu: VT."], 90, 60, 10),
    )
    assert found[-7:] == [
        "- Như trên;",
        "- Đội Điện;",
        "- Phòng Hạ tầng;",
        "- Lưu: VT.",
        "",
        "CHỦ TỊCH",
        "Lò Văn Mẫu",
    ]


def test_lines_of_a_paragraph_are_put_together(lines):
    page = column([full("1. Phòng"), "đến hết tuần.", "2. Đội Điện.", full("a) Kho"), "xong."], LEFT, 100)
    assert lines(page) == [f"{full('1. Phòng')} đến hết tuần.", "2. Đội Điện.", f"{full('a) Kho')} xong."]


def test_a_paragraph_goes_on_over_the_page_and_numbers_of_pages_go(lines):
    first = column([full("Phòng"), full("Đội")], LEFT, 700)
    second = words("2", 300, 40) + column(["đến hết tuần."], LEFT, 80)
    assert lines(first, second) == [f"{full('Phòng')} {full('Đội')} đến hết tuần."]


def test_a_set_in_line_opens_a_paragraph(lines):
    page = words(full("Phòng"), LEFT, 100) + words("Đội Điện.", LEFT + 30, 116)
    assert lines(page) == [full("Phòng"), "Đội Điện."]


def test_letters_printed_twice_are_bold(lines):
    assert lines(words("KẾ HOẠCH", 250, 100) + words("KẾ HOẠCH", 250.3, 100)) == ["KẾ HOẠCH"]


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(lines, turned):
    across = {90: "0 1 -1 0", 180: "-1 0 0 -1", 270: "0 -1 1 0"}[turned]
    place = {90: (100, 100), 180: (500, 700), 270: (500, 700)}[turned]
    line = "Rà soát biển báo".encode("utf-16-be").hex()
    second = (
        place[0] + (20 if turned == 90 else -20 if turned == 270 else 0),
        place[1] - (-20 if turned == 180 else 0),
    )
    page = "".join(f"BT /F 12 Tf {across} {x} {y} Tm <{line}> Tj ET\n" for x, y in (place, second))
    assert lines(page, turned=turned) == ["Rà soát biển báo", "Rà soát biển báo"]


@pytest.mark.parametrize(
    "stamp",
    [
        column(["ĐẾN", "Số: 1998", "Ngày: 15/9/2026", "Chuyển: Phòng Hạ tầng"], 95, 112, 9, 11),
        column(["CÔNG VĂN ĐẾN", "Số đến: 1998", "Ngày đến: 15/9/2026"], 95, 118, 9),
        column(["UBND TỈNH LÂM SƠN", "ĐẾN Số: 1998", "Giờ ... Ngày 15/9/2026"], 420, 20, 9, 10),
        words("SỞ XÂY DỰNG", 70, 112, 9) + words("ĐẾN", 70, 124, 14) + column(["Ngày 15/9/2026", "Số: 1998"], 105, 120, 9, 11),
    ],
    ids=["below the number", "in words", "in the corner", "large"],
)  # fmt: skip
def test_the_stamp_of_the_office_it_came_to_goes(lines, stamp):
    body = words("KẾ HOẠCH", 296, 170) + words(full("Rà soát"), LEFT, 200)
    assert lines(HEADING + stamp + body) == lines(HEADING + body)


def test_words_like_a_stamp_s_stay(lines):
    title = column(["KẾ HOẠCH", "ĐẾN NĂM 2030", "Ngày 15/9/2026"], 280, 170)
    assert lines(HEADING + title)[-3:] == ["KẾ HOẠCH", "ĐẾN NĂM 2030", "Ngày 15/9/2026"]


def test_a_seal_runs_on_in_its_small_letters(lines):
    seal = column(
        ["Ký bởi: Ủy ban nhân dân", "xã Đồi Chè", "Thời gian ký: 05/03/2026", "10:22:11"], 380, 420, 7, 9
    )
    signed = words(full("Rà soát"), LEFT, 300) + words("CHỦ TỊCH", 400, 400) + words("Lò Văn Mẫu", 400, 490)
    assert lines(signed + seal)[-2:] == ["CHỦ TỊCH", "Lò Văn Mẫu"]


def test_two_signatures_side_by_side_come_apart(lines):
    left = column(["CÔNG AN TỈNH", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"], 110, 300) + words("Lê Văn Một", 105, 390)
    right = column(["SỞ XÂY DỰNG", "GIÁM ĐỐC"], 400, 300) + words("Trần Thị Hai", 400, 390)
    below = column(["Nơi nhận:", "- UBND tỉnh;", "- Lưu: VT."], 90, 430, 11)
    assert lines(words(full("Rà soát"), LEFT, 260) + left + right + below)[1:] == [
        "", "CÔNG AN TỈNH", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lê Văn Một", "", "SỞ XÂY DỰNG", "GIÁM ĐỐC", "Trần Thị Hai", "",
        "Nơi nhận:", "- UBND tỉnh;", "- Lưu: VT.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        ("254-", "KH/TU ngày 19/01/2024", "254-KH/TU ngày"),
        ("30/2020/NĐ-", "CP ngày 05/3/2020", "30/2020/NĐ-CP ngày"),
        ("66-QĐ/", "TW ngày 06/02/2017", "66-QĐ/TW ngày"),
        ("giai đoạn 2026-", "2030 của tỉnh", "2026-2030 của"),
        ("kinh tế -", "xã hội của tỉnh", "kinh tế - xã hội"),
    ],
)
def test_a_code_broken_over_lines_is_whole_again(lines, above, below, whole):
    head = full("Thực hiện")
    first = head[: len(head) - len(above) - 1] + " " + above
    assert whole in lines(words(first, LEFT, 200) + words(below, LEFT, 216))[0]


def test_seals_of_signing_programs_go(lines):
    seal = column(
        ["Người ký: Sở Mẫu", "Cơ quan: Tỉnh Mẫu", "Thời gian ký: 05.03.2026"], 300, 20, size=6, pitch=7
    )
    assert lines(seal + words("Cơ quan: giữ lại", LEFT, 200)) == ["Cơ quan: giữ lại"]


def test_footnotes_stand_below_the_text_and_their_marks_go(lines):
    body = column([full("Phòng"), full("Đội"), "- Theo Nghị định 9/NĐ-CP", "- Rộng 5 m"], LEFT, 100)
    marks = words("1", LEFT + 24 * 6, 128, 7) + words("2", LEFT + 10 * 6, 144, 7)
    note = (
        stroke(LEFT, 700, LEFT + 144, 700)
        + words("1", LEFT, 712, 6)
        + words("Ngày 08/10/2024.", LEFT + 4, 715, 9)
    )
    assert lines(body + marks + note)[-4:] == [
        "- Theo Nghị định 9/NĐ-CP",
        "- Rộng 5 m2",
        "",
        "[1] Ngày 08/10/2024.",
    ]


XS = [80, 110, 330, 450, 560]
HEAD = ["TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"]


def test_a_ruled_table_is_rows_between_bars(lines):
    cells = [
        HEAD,
        ["1", "Rà soát mọi biển báo trên tất cả các tuyến\nđường", "Phòng Hạ tầng", "Quý I"],
        ["2", "Thay đèn", "Đội Điện", "6/2026"],
    ]
    found = lines(
        words("PHÂN CÔNG", 280, 80) + table(XS, [100, 120, 150, 170], cells) + words("Ghi chú", 80, 190)
    )
    assert [line for line in found if line] == [
        "PHÂN CÔNG",
        "| TT | Nhiệm vụ | Chủ trì | Thời hạn |",
        "| 1 | Rà soát mọi biển báo trên tất cả các tuyến đường | Phòng Hạ tầng | Quý I |",
        "| 2 | Thay đèn | Đội Điện | 6/2026 |",
        "Ghi chú",
    ]


def test_a_row_cut_by_the_page_is_one_and_rows_go_on(lines):
    first = table(
        XS, [600, 620, 650], [HEAD, ["1", "Rà soát biển báo trên mọi tuyến", "Phòng Hạ tầng", "Quý I"]]
    )
    second = words("2", 300, 30) + table(
        XS, [60, 80, 100], [["", "đường xã", "", ""], ["2", "Thay đèn", "Đội Điện", ""]]
    )
    assert [line for line in lines(first, second) if line][1:] == [
        "| 1 | Rà soát biển báo trên mọi tuyến đường xã | Phòng Hạ tầng | Quý I |",
        "| 2 | Thay đèn | Đội Điện |  |",
    ]


def test_merged_cells_of_a_ruled_table(lines):
    ys = [100, 120, 140, 160]
    flat = [stroke(80, y, 560, y) for y in (100, 120, 160)] + [
        stroke(80, 140, 330, 140),
        stroke(450, 140, 560, 140),
    ]
    upright = [stroke(x, 100, x, 160) for x in (80, 110, 330, 450, 560)]
    texts = [
        ["TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"],
        ["1", "Thay đèn", "Đội Điện", "Quý I"],
        ["2", "Đi dây", "", "Quý II"],
    ]
    inside = [
        words(t, x + 3, y + 12, 10)
        for y, row in zip(ys, texts, strict=False)
        for x, t in zip(XS, row, strict=False)
        if t
    ]
    assert [line for line in lines("\n".join(flat + upright + inside)) if line][1:] == [
        "| 1 | Thay đèn | Đội Điện | Quý I |",
        "| 2 | Đi dây | Đội Điện | Quý II |",
    ]


def test_a_picture_for_a_page_is_a_scan(tmp_path):
    path = pdf(tmp_path / "a.pdf", PICTURE + words("Người ký: Sở Mẫu", 300, 20, 6))
    with pytest.raises(Suspect, match="scan"):
        extract(path)


def test_an_appendix_of_pictures_is_left_out_with_a_word(tmp_path):
    text = column([full("Phòng")] * 20, LEFT, 100)
    found = extract(pdf(tmp_path / "a.pdf", text, text, PICTURE))
    assert (found.pages, found.notes) == (3, ("pictures",))


def test_a_text_layer_in_wrong_letters_is_refused(tmp_path):
    with pytest.raises(Suspect, match="garbled"):
        extract(pdf(tmp_path / "a.pdf", column(["CQNG HoAxA H()I CHiJ NGHiA vrer NAM"] * 30, LEFT, 60)))


def test_an_empty_page_has_nothing_to_read(tmp_path):
    with pytest.raises(Suspect, match="scan"):
        extract(pdf(tmp_path / "a.pdf", ""))


def test_many_strokes_cost_what_their_number_asks(tmp_path):
    hatched = "\n".join(stroke(x % WIDTH, 10, x % WIDTH, HEIGHT - 10) for x in range(5000))
    hatched += "\n".join(stroke(10, y % HEIGHT, WIDTH, y % HEIGHT) for y in range(5000))
    path = pdf(tmp_path / "a.pdf", hatched + words("Phòng", 80, 100))
    before = time.process_time()
    extract(path)
    assert time.process_time() - before < 5
