"""What a Word file shows, as text: paragraphs, tables, text boxes; nothing deleted or hidden."""

import pytest

from directives.extraction import Suspect, extract

from .word_files import cell, docx, item, num, p, pattern, r, row, table


@pytest.fixture
def text(tmp_path):
    return lambda body, **parts: extract(docx(tmp_path / "a.docx", body, **parts)).text.strip()


def test_tabs_breaks_and_hyphens(text):
    run = "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>QĐ</w:t><w:noBreakHyphen/><w:t>TTg</w:t></w:r>"
    assert text(f"<w:p>{run}</w:p>") == "a\tb\nQĐ-TTg"


def test_what_was_deleted_is_gone_and_what_was_inserted_stays(text):
    gone = f"<w:del><w:r><w:delText>ba</w:delText></w:r></w:del><w:moveFrom>{r('bốn')}</w:moveFrom>"
    assert text(f"<w:p>{r('Hạn ')}{gone}<w:ins>{r('năm')}</w:ins> </w:p>") == "Hạn năm"


def test_hidden_text_is_not_shown_and_capitals_are(text):
    hidden = '<w:style w:styleId="H" w:type="character"><w:rPr><w:vanish/></w:rPr></w:style>'
    runs = r("Kế hoạch", "<w:caps/>") + r(" mật", "<w:vanish/>") + r(" kín", '<w:rStyle w:val="H"/>')
    assert text(f"<w:p>{runs}</w:p>", styles=hidden) == "KẾ HOẠCH"


def test_a_style_may_be_overruled(text):
    style = '<w:style w:styleId="C" w:type="paragraph"><w:rPr><w:caps/></w:rPr></w:style>'
    body = p("Kế hoạch", properties='<w:pStyle w:val="C"/>') + p(
        "Kế hoạch", properties='<w:pStyle w:val="C"/>', run='<w:caps w:val="0"/>'
    )
    assert text(body, styles=style) == "KẾ HOẠCH\nKế hoạch"


def test_fields_links_and_content_controls_show_their_text(text):
    field = f'<w:fldSimple w:instr="DATE">{r("05/3/2024")}</w:fldSimple><w:hyperlink>{r(" a")}</w:hyperlink>'
    code = "<w:r><w:instrText>PAGE</w:instrText></w:r>"
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('b')}</w:sdtContent></w:sdt>"
    assert text(f"<w:p>{field}{code}</w:p>{control}") == "05/3/2024 a\nb"


def test_a_text_box_is_read_once(text):
    box = f"<w:txbxContent>{p('HỎA TỐC')}</w:txbxContent>"
    twice = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    assert text(f"<w:p><w:r>{twice}<w:t>Kính gửi:</w:t></w:r></w:p>") == "HỎA TỐC\nKính gửi:"
    assert text(f"<w:p>{box}<w:r><w:t>Kính gửi:</w:t></w:r></w:p>") == "HỎA TỐC\nKính gửi:"


def test_numbers_of_lists_are_written(text):
    numbering = pattern(0, "upperRoman:%1.", "decimal:%2.", "bullet:-") + num(1, 0)
    body = (
        item("Nhiệm vụ")
        + item("Rà soát biển báo", level=1)
        + item("Sơn lại vạch", level=2)
        + item("", level=2)
    )
    assert text(body, numbering=numbering) == "I. Nhiệm vụ\n1. Rà soát biển báo\n- Sơn lại vạch"


def test_a_style_brings_its_list_and_zero_takes_it_away(text):
    styles = '<w:style w:styleId="K" w:type="paragraph"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    numbering = pattern(0, "decimal:%1.", 'lowerLetter:%2):<w:pStyle w:val="K"/>') + num(1, 0)
    body = p("một", properties='<w:pStyle w:val="K"/>') + p(
        "hai", properties='<w:pStyle w:val="K"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    )
    assert text(body, styles=styles, numbering=numbering) == "a) một\nhai"


def test_a_style_based_on_itself_ends(text):
    style = '<w:style w:styleId="A"><w:basedOn w:val="B"/></w:style><w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    assert text(p("a", properties='<w:pStyle w:val="A"/>'), styles=style) == "a"


HEAD = ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn"]


def test_a_table_of_tasks_is_rows_between_bars(text):
    body = table(
        HEAD,
        ["1", "Sơn lại vạch | kẻ", "Phòng Hạ tầng\nPhòng Kế hoạch", ""],
        ["2", "Thay đèn", "Đội Điện", "6/2026"],
    )
    assert text(body).splitlines() == [
        "| TT | Nhiệm vụ | Cơ quan chủ trì | Thời hạn |",
        "| 1 | Sơn lại vạch / kẻ | Phòng Hạ tầng",
        "Phòng Kế hoạch |  |",
        "| 2 | Thay đèn | Đội Điện | 6/2026 |",
    ]


def test_the_head_of_a_table_is_one_line(text):
    assert text(table(["TT", "Cơ quan\nchủ trì", "Thời\nhạn"], ["1", "a", "b"])).startswith(
        "| TT | Cơ quan chủ trì | Thời hạn |"
    )


def test_merged_cells_stay_under_their_columns(text):
    restart, goes_on = cell("Đội Điện", '<w:vMerge w:val="restart"/>'), cell("", "<w:vMerge/>")
    heading = row("A", cell("Chiếu sáng", '<w:gridSpan w:val="3"/>'))
    body = f"<w:tbl>{row(*HEAD)}{heading}{row('1', 'Thay đèn', restart, 'Quý I')}{row('2', 'Đi dây', goes_on, 'Quý II')}</w:tbl>"
    assert text(body).splitlines()[1:] == [
        "| A | Chiếu sáng |  |  |",
        "| 1 | Thay đèn | Đội Điện | Quý I |",
        "| 2 | Đi dây | Đội Điện | Quý II |",
    ]


def test_a_task_merged_over_two_products_is_said_once(text):
    first = [cell(one, '<w:vMerge w:val="restart"/>') for one in ("1", "Thay đèn", "Đội Điện")]
    goes_on = cell("", "<w:vMerge/>")
    body = (
        f"<w:tbl>{row(*HEAD)}{row(*first, 'Tờ trình')}{row(goes_on, goes_on, goes_on, 'Quyết định')}</w:tbl>"
    )
    assert text(body).splitlines()[1:] == [
        "| 1 | Thay đèn | Đội Điện | Tờ trình |",
        "|  |  |  | Quyết định |",
    ]


def test_an_absurd_width_is_cut(text):
    wide = cell("a", '<w:gridSpan w:val="2000000"/>')
    assert len(text(f"<w:tbl>{row(wide, 'b')}{row('c', 'd', 'e')}</w:tbl>")) < 1000


def test_deleted_rows_are_gone(text):
    gone = "<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p/></w:tc></w:tr>"
    assert text(f"<w:tbl>{row(*HEAD)}{gone}{row('1', 'a', 'b', 'c')}</w:tbl>").count("\n") == 1


def test_heading_and_closing_are_read_cell_by_cell(text):
    body = (
        table(
            [
                "UBND XÃ ĐỒI CHÈ\nSố: 12/KH-UBND",
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
            ]
        )
        + p("Kế hoạch")
        + table(["Nơi nhận:", "CHỦ TỊCH"], ["- Lưu: VT.", "Lò Văn Mẫu"])
    )
    assert text(body).splitlines() == [
        "UBND XÃ ĐỒI CHÈ", "Số: 12/KH-UBND", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "",
        "Kế hoạch", "", "Nơi nhận:", "", "- Lưu: VT.", "", "CHỦ TỊCH", "", "Lò Văn Mẫu",
    ]  # fmt: skip


def test_footnotes_stand_below_the_text(text):
    notes = f'<w:footnote w:id="-1" w:type="separator">{p("")}</w:footnote><w:footnote w:id="2">{p("Nghị quyết 9")}</w:footnote>'
    assert text(p("Theo Nghị quyết 8"), footnotes=notes) == "Theo Nghị quyết 8\n\n[1] Nghị quyết 9"


OLD = '<w:rFonts w:ascii=".VnTime"/>'
OLD_CAPITALS = '<w:rFonts w:ascii=".VnTimeH"/>'


def test_letters_from_before_unicode_are_read_by_their_font(tmp_path):
    body = f"<w:p>{r('kÕ ho¹ch', OLD_CAPITALS)}{r(' cña phßng', OLD)}{r(' Ä')}</w:p>"
    found = extract(docx(tmp_path / "a.docx", body))
    assert (found.text, found.notes) == ("KẾ HOẠCH của phòng Ä\n", ("tcvn3",))


def test_an_old_font_left_on_unicode_changes_nothing(text):
    assert text(f"<w:p>{r('Kế hoạch à', OLD)}{r(' của', OLD_CAPITALS)}</w:p>") == "Kế hoạch à của"


def test_a_file_without_text_is_refused(tmp_path):
    with pytest.raises(Suspect, match="no_text"):
        extract(docx(tmp_path / "a.docx", p("  ")))
