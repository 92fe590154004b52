"""Tables on paper: what was written is read again, letter by letter, from .pdf and .docx."""

import unicodedata
from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import pypdfium2
import pytest
from django.utils import translation
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageStat

from directives import compliance, typesetting
from directives.errors import Refused
from directives.exports.paper import Column, Heading, Kind, PrintedTable, Say, Signer, printed
from directives.exports.paper.fitting import fitted
from directives.exports.paper.setting import LONGEST
from directives.extraction import extract
from directives.templatetags.wording import day, number, percent
from directives.views.figures import papers
from tests.factories import Office
from tests.figures_world import mixed_document
from tests.screens import sign_in
from units import clock

SAY = Say(number, percent, day)
HEADING = Heading(
    "ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI",
    "SỞ GIAO THÔNG VẬN TẢI",
    "Số:       /BC-SGTVT",
    "Quảng Ngãi",
    date(2026, 1, 5),
)
VOWELS = "aăâeêioôơuưy"
MARKS = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
SMALL = [unicodedata.normalize("NFC", vowel + mark) for vowel in VOWELS for mark in MARKS] + ["đ"]
# The 134 letters of Vietnamese that are not those of English, small and capital.
LETTERS = "".join(letter for letter in [*SMALL, *(one.upper() for one in SMALL)] if not letter.isascii())


ONE = (Column("Nội dung"),)


def table(rows, *, columns=ONE, **others):
    return PrintedTable(HEADING, "BIỂU TỔNG HỢP", columns, rows, **others)


def pages(content):
    """The text of each page as a reader of the file copies it."""
    file = pypdfium2.PdfDocument(content)
    return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in file]


def squeezed(text):
    """Where a line or a long word was broken says nothing."""
    return "".join(text.split()).replace("\u200b", "").replace("\ufffe", "")


def grid_of(content):
    """The cells of the table with lines, which is the second of the paper."""
    rows = docx.Document(BytesIO(content)).tables[1].rows
    return [[cell.text for cell in row.cells] for row in rows]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_every_letter_of_vietnamese_comes_back_from_paper(form, tmp_path):
    written = unicodedata.normalize(form, LETTERS)
    told = [written, "Kỷ luật, kỷ cương – “nghiêm” — 8–30 ngày; 1.234 · 87,1 % … ≤ 7 − 1"]
    paper = table([[line] for line in told])
    read = squeezed("".join(pages(printed(paper, "pdf", say=SAY))))
    for line in told:
        assert squeezed(unicodedata.normalize("NFC", line)) in read
    assert [row[0] for row in grid_of(printed(paper, "docx", say=SAY))[1:]] == [LETTERS, told[1]]


SCALE, FINER = 12, 4
SIZES = {"Regular": 10, "Bold": 14, "Italic": 11}  # of notes, title and subtitle


@pytest.mark.parametrize("face", ["Regular", "Bold", "Italic"])
def test_every_letter_looks_as_its_font_draws_it(face):
    """What is copied from a file says nothing of its pictures: each printed letter is laid over the font's own."""
    spaced = " ".join(LETTERS)
    place = {"Regular": {"notes": [spaced]}, "Bold": {"title": spaced}, "Italic": {"subtitles": [spaced]}}[
        face
    ]
    paper = replace(table([], columns=[Column("")]), **place)
    file = pypdfium2.PdfDocument(printed(paper, "pdf", say=SAY))
    font = ImageFont.truetype(typesetting.FONTS / f"Tinos-{face}.ttf", SIZES[face] * SCALE * FINER)
    looks = {letter: drawn(font, letter) for letter in LETTERS}
    seen = dict(letters_of(file[0]))
    assert {letter: nearest(seen[letter], looks, like=letter) for letter in LETTERS} == dict(
        zip(LETTERS, LETTERS, strict=True)
    )


def nearest(picture, looks, *, like):
    """The letter whose picture is nearest, among those of the same vowel."""
    family = [letter for letter in looks if base(letter) == base(like)]
    return min(family, key=lambda letter: difference(picture, looks[letter]))


def base(letter):
    return unicodedata.normalize("NFD", letter)[0]


def letters_of(page):
    """Each letter of Vietnamese on the page with its picture, apart from those of its heading."""
    words, height = page.get_textpage(), page.get_height()
    picture = page.render(scale=SCALE).to_pil().convert("L")
    for at, letter in enumerate(words.get_text_range().replace("\r\n", "  ")):
        if letter in LETTERS and words.get_text_range(at - 1, 3).split() == [letter]:
            left, bottom, right, top = (edge * SCALE for edge in words.get_charbox(at))
            edges = (left - 3, height * SCALE - top - 3, right + 3, height * SCALE - bottom + 3)
            yield letter, ink(picture.crop([round(edge) for edge in edges]))


def drawn(font, letter):
    """Drawn large and made smaller: small letters are drawn with their edges moved to the grid."""
    picture = Image.new("L", (24 * SCALE * FINER, 24 * SCALE * FINER), 255)
    ImageDraw.Draw(picture).text((4 * SCALE * FINER, 2 * SCALE * FINER), letter, font=font, fill=0)
    return ink(picture.reduce(FINER))


def ink(picture):
    """White on black, without the room around it."""
    inverted = ImageChops.invert(picture)
    return inverted.crop(inverted.point(lambda light: light > 60 and 255).getbbox())


def difference(one, other):
    """How much ink of either is not the other's, when the larger is laid over the smaller by the middle."""
    size = [max(edges) for edges in zip(one.size, other.size, strict=True)]
    return ImageStat.Stat(ImageChops.difference(*(laid(picture, size) for picture in (one, other)))).sum[0]


def laid(picture, size):
    ground = Image.new("L", size)
    ground.paste(picture, [(all_ - own) // 2 for all_, own in zip(size, picture.size, strict=True)])
    return ground


HOSTILE = [
    "#set page(width: 1cm) #panic() #{1+1} $x^2$ *đậm* _nghiêng_ `mã` @nhãn <nhãn> \\ \\u{41} [a] // chú thích /* */",
    "= Tiêu đề\n- gạch\n+ số\n/ mục: nghĩa",
    "https://example.gov.vn/~a?b=c&d=<e>'\"--- ... fi ffi",
    "=1+1",
    "</w:t></w:r><w:p/>&amp;&#65;<![CDATA[x]]>",
]


def test_signs_of_any_language_are_printed_as_signs():
    paper = table([[text] for text in HOSTILE], notes=HOSTILE, subtitles=HOSTILE, foot=HOSTILE[0])
    read = squeezed("".join(pages(printed(paper, "pdf", say=SAY))))
    assert [text for text in HOSTILE if read.count(squeezed(text)) < 3] == []
    assert [row[0] for row in grid_of(printed(paper, "docx", say=SAY))[1:]] == HOSTILE


def test_what_no_paper_takes_is_left_out():
    paper = table([["a\x00b\x07c\ud800d\ufffee\u202ef"], ["\x0c"]])
    assert "abcdef" in squeezed("".join(pages(printed(paper, "pdf", say=SAY))))
    assert [row[0] for row in grid_of(printed(paper, "docx", say=SAY))[1:]] == ["abcdef", ""]


def test_what_is_too_long_is_cut_with_a_mark():
    content = printed(table([["a" * 100_000], ["một " * 200]]), "pdf", say=SAY)
    read = squeezed("".join(pages(content)))
    assert "a" * LONGEST + "…[lượcbớt]" in read
    assert "một" * 200 in read


def test_a_long_word_stays_inside_its_cell():
    file = pypdfium2.PdfDocument(printed(table([["x" * 900]]), "pdf", say=SAY))
    words = file[0].get_textpage()
    right = max(words.get_charbox(at)[2] for at in range(words.count_chars()))
    assert right < file[0].get_width() - 28  # ten millimetres of margin


COLUMNS = (
    Column("STT", Kind.ORDER, number="1"),
    Column("Đơn vị", number="2"),
    Column("Tổng", Kind.COUNT, "Đã hoàn thành", "3"),
    Column("Quá hạn", Kind.COUNT, "Đã hoàn thành", "4"),
    Column("Tỷ lệ đúng hạn", Kind.PERCENT, number="5"),
    Column("Ngày", Kind.DAY, number="6"),
)
ROW = [1, "Phòng Vận tải", 1234, 0, 0.871, date(2026, 2, 5)]
SAID = ["1", "Phòng Vận tải", "1.234", "0", "87,1 %", "05/02/2026"]


def full(rows=1):
    return table(
        [ROW] * rows,
        columns=COLUMNS,
        subtitles=["Quý III/2026"],
        total=[None, "Tổng cộng", 1234, 0, None, None],
        notes=["Kiểm tra: khớp."],
        recipients=["- UBND tỉnh;", "- Lưu: VT."],
        signers=[
            Signer(["NGƯỜI LẬP BIỂU"], "(Ký, ghi rõ họ tên)"),
            Signer(["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"], name="Nguyễn Văn An"),
        ],
        foot="Số liệu chốt ngày 30/9/2026",
    )


def test_values_are_written_as_on_the_screen_whatever_language_it_has():
    with translation.override("en"):
        cells = grid_of(printed(full(), "docx", say=SAY))
        read = squeezed("".join(pages(printed(full(), "pdf", say=SAY))))
    assert [[text.replace("\xa0", " ") for text in row] for row in cells[3:]] == [
        SAID,
        ["", "Tổng cộng", "1.234", "0", "–", ""],
    ]
    assert squeezed("".join(SAID)) in read


def test_the_head_has_two_rows_and_the_official_numbers():
    cells = grid_of(printed(full(), "docx", say=SAY))
    assert cells[:3] == [
        ["STT", "Đơn vị", "Đã hoàn thành", "Đã hoàn thành", "Tỷ lệ đúng hạn", "Ngày"],
        ["STT", "Đơn vị", "Tổng", "Quá hạn", "Tỷ lệ đúng hạn", "Ngày"],
        ["1", "2", "3", "4", "5", "6"],
    ]


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_heading_and_signatures_are_those_of_the_decree(form, tmp_path):
    path = tmp_path / f"bieu.{form}"
    path.write_bytes(printed(full(), form, say=SAY))
    read = squeezed(extract(path).text)
    for told in (
        "ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI", "SỞ GIAO THÔNG VẬN TẢI", "/BC-SGTVT", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc", "Quảng Ngãi, ngày 05 tháng 01 năm 2026", "BIỂU TỔNG HỢP", "Quý III/2026", "Kiểm tra: khớp.",
        "Nơi nhận:", "- Lưu: VT.", "NGƯỜI LẬP BIỂU", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Nguyễn Văn An",
    ):  # fmt: skip
        assert squeezed(told) in read, told


def test_every_page_has_the_head_its_number_and_where_the_figures_are_found():
    content = printed(full(rows=90), "pdf", say=SAY)
    read = pages(content)
    assert len(read) > 2
    for at, text in enumerate(read, start=1):
        assert f"Trang {at}/{len(read)}" in text
        assert "Số liệu chốt ngày 30/9/2026" in text
    assert all("Đãhoànthành" in squeezed(text) for text in read if "Phòng" in text)
    assert printed(full(rows=90), "pdf", say=SAY) == content


def test_many_columns_keep_their_numbers_in_one_piece():
    columns = [
        Column("STT", Kind.ORDER),
        Column("Đơn vị"),
        *(Column("Chuyển đi", Kind.COUNT) for _ in range(35)),
    ]
    file = pypdfium2.PdfDocument(printed(table([[1, "Sở", *[12345] * 35]], columns=columns), "pdf", say=SAY))
    words = file[0].get_textpage().get_text_range()
    assert words.count("12.345") == 35
    assert file[0].get_width() > 1100  # A3: on A4 they would run into each other


def test_long_texts_stand_as_blocks_and_what_says_nothing_takes_no_room():
    """Of nineteen columns one has sentences and most are empty or short."""
    columns = [Column("STT", Kind.ORDER), Column("Nội dung"), *(Column("Sản phẩm") for _ in range(17))]
    rows = [["1", "Triển khai thực hiện Kế hoạch số 254-KH/TU. " * 9, *["Đúng hạn"] * 8, *[""] * 9]] * 5
    fit = fitted(columns, rows)
    letters = [width / (fit.size * 0.3528 * 0.5) for width in fit.widths]
    assert letters[1] > 40, "four hundred letters in ten lines"
    assert letters[1] > 3 * max(letters[2:])
    assert (fit.paper, fit.size >= 7) == ("a4", True)


def test_the_rule_under_the_motto_is_as_long_as_the_motto():
    """Of a .docx; the size is that of the letters in points."""
    cell = docx.Document(BytesIO(printed(full(), "docx", say=SAY))).tables[0].cell(0, 1)
    motto, rule = cell.paragraphs[1:3]
    face = ImageFont.truetype("directives/typesetting/fonts/Tinos-Bold.ttf", 100)
    long = face.getlength(motto.text) / 100 * motto.runs[0].font.size.pt
    drawn = (
        cell.width.pt - 2 * rule.paragraph_format.left_indent.pt - 2 * 5.4
    )  # the room beside a cell's words
    assert abs(drawn / long - 1) < 0.05


def test_a_day_left_blank_is_filled_in_by_hand():
    blank = replace(full(), heading=replace(HEADING, dated_on=None, place=""))
    words = docx.Document(BytesIO(printed(blank, "docx", say=SAY))).tables[0].cell(0, 1).text
    assert words.split()[-4:] == ["ngày", "tháng", "năm", str(clock.today().year)]


def test_a_paper_that_cannot_be_set_is_refused_in_words(monkeypatch):
    assert typesetting.typeset("no-such-kind", "pdf", {"rows": []}) is None
    with pytest.raises(Refused, match="quá lớn để in"):
        printed(table([["a"]] * 60_001), "pdf", say=SAY)
    monkeypatch.setattr(typesetting, "WALL_SECONDS", 0)
    with pytest.raises(Refused, match="quá lớn để in"):
        printed(full(), "pdf", say=SAY)


# --- The figures of the screen --------------------------------------------------------------------


@pytest.fixture
def office(db):
    office = Office(rooms=2)
    mixed_document(office)
    return office


def fetched(office, address):
    return fetched_by(office.leader, address)


def fetched_by(person, address):
    answer = sign_in(person).get(address, headers={"accept-language": "en"})
    assert answer.status_code == 200
    return b"".join(answer) if answer.streaming else answer.content


def test_the_official_table_is_on_paper_what_it_is_on_the_screen(office):
    table = compliance.official_table(compliance.visible(office.leader), compliance.Span(clock.today()))
    cells = grid_of(fetched(office, "/thong-ke/bieu.docx"))
    said = [
        [str(value) for key, value in row.values.items() if not key.startswith("rate_")]
        for row in (*table.rows, table.total)
    ]
    rates = {at for at, column in enumerate(compliance.COLUMNS, start=2) if column.is_rate}
    assert [[text for at, text in enumerate(row) if at > 1 and at not in rates] for row in cells[3:]] == said
    assert [row[1] for row in cells[3:]] == [*(row.of.name for row in table.rows), "Tổng số"]
    read = squeezed("".join(pages(fetched(office, "/thong-ke/bieu.pdf"))))
    for row in cells[3:]:
        assert squeezed("".join(row)) in read
    assert "Kiểmtra:khớp" in read
    assert squeezed(office.unit.name.upper()) in read


def test_the_list_is_on_paper_with_the_rows_of_its_number(office):
    cells = grid_of(fetched(office, "/thong-ke/bieu/danh-muc.docx?chi-tieu=qua-han"))
    read = squeezed("".join(pages(fetched(office, "/thong-ke/bieu/danh-muc.pdf?chi-tieu=qua-han"))))
    rows = compliance.count(
        compliance.visible(office.leader), compliance.Span(clock.today()), compliance.Tally.overdue
    )
    assert len(cells) - 1 == rows == 2
    for row in cells[1:]:
        assert all(squeezed(text) in read for text in row)


def test_a_list_that_nobody_prints_is_refused_with_the_way_out(office, monkeypatch):
    monkeypatch.setattr(papers, "MOST_LISTED", 1)
    answer = sign_in(office.leader).get("/thong-ke/bieu/danh-muc.pdf")
    assert answer.status_code == 422
    assert "Danh mục có 4 dòng, in nhiều nhất 1 dòng" in answer.content.decode()


# --- A directive ----------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_directive_on_paper_says_what_its_preview_says(office, form, tmp_path):
    directive = office.draft(tasks=1, body="Căn cứ Nghị định;\n\n1. Làm *ngay* việc #1 $x$.\nChương I")
    path = tmp_path / f"van-ban.{form}"
    path.write_bytes(fetched_by(office.clerk, f"/van-ban/{directive.pk}/van-ban.{form}"))
    read = squeezed(extract(path).text)
    for told in (
        office.unit.name.upper(), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "V/v triển khai nhiệm vụ",
        "Căn cứ Nghị định;", "1. Làm ngay việc #1 $x$.", "Chương I", office.rooms[0].name, "Nơi nhận:",
    ):  # fmt: skip
        assert squeezed(told) in read, told


def test_a_directive_of_the_party_has_the_heading_of_the_party(office):
    draft = office.draft(kind="plan", number="254", notation_style="party")
    paper = docx.Document(BytesIO(fetched_by(office.clerk, f"/van-ban/{draft.pk}/van-ban.docx")))
    left, right = (cell.text for cell in paper.tables[0].rows[0].cells)
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in right
    assert "Độc lập" not in right
    assert "Số 254-SO" in left.replace("\n", " ")


def test_who_does_not_see_a_directive_gets_no_paper(office):
    draft = office.draft()
    for person in (office.leader, Office(rooms=1).clerk):
        assert sign_in(person).get(f"/van-ban/{draft.pk}/van-ban.pdf").status_code == 404
