"""A plan of as many pages as wanted, in the layout and the words of a province: heading, orders, a table, recipients."""

from directives.bench import vocabulary
from directives.extraction.word.numbering import number

# Letters on a page of an office's paper, set in 14 points.
PAGE = 2_600
HEADING = """\
ỦY BAN NHÂN DÂN
TỈNH {place}
Số: 120/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
{place}, ngày 05 tháng 3 năm 2024
KẾ HOẠCH
{title}
Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;
Thực hiện Chỉ thị số 12/CT-TTg ngày 03/01/2024 của Thủ tướng Chính phủ, Ủy ban nhân dân tỉnh ban hành Kế hoạch:
"""
CHAPTER = "{number}. NHIỆM VỤ VỀ {matter}\n"
ORDER = """\
{number}. {text}
a) {lead} chủ trì, phối hợp với {help} và các đơn vị có liên quan thực hiện Công văn số {cited}/UBND-TH ngày 15/01/2024 \
của Ủy ban nhân dân tỉnh; hoàn thành trước ngày {day:02}/6/2024.
b) {other} bố trí kinh phí, báo cáo kết quả trong quý III/2024. Sản phẩm: {product}.
"""
CLOSING = """\
Nơi nhận:
- Thường trực Tỉnh ủy (để b/c);
{listed}- Lưu: VT, TH.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Trần Văn Mẫu
"""
TABLE = "PHỤ LỤC\nTT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian hoàn thành | Sản phẩm\n"
ROW = "{number} | {text} | {lead} | {help} | Tháng {month}/2024 | {product}\n"
ORDERS_IN_A_CHAPTER = 8
# Of a plan with its annex, the parts that orders, recipients and the table take.
ORDERED, LISTED = 0.65, 0.70


def plan(pages: int, draw) -> str:
    """The text of a plan of so many pages; the longer, the more of everything."""
    wanted = pages * PAGE
    made = HEADING.format(place=vocabulary.place(draw), title=vocabulary.title(draw))
    made += _filled(wanted * ORDERED - len(made), lambda at: _order(at, draw))
    listed = _filled(wanted * LISTED - len(made), lambda at: f"- {vocabulary.office_name(draw)};\n")
    made += CLOSING.format(listed=listed) + TABLE
    return made + _filled(wanted - len(made), lambda at: _row(at, draw))


def _filled(letters, part) -> str:
    """Parts one after the other until there are so many letters."""
    parts: list[str] = []
    length = 0
    while length < letters:
        parts.append(part(len(parts)))
        length += len(parts[-1])
    return "".join(parts)


def _order(at, draw):
    chapter, order = divmod(at, ORDERS_IN_A_CHAPTER)
    words = ORDER.format(
        number=order + 1, cited=100 + at, day=1 + at % 30, other=vocabulary.division_name(draw), **_work(draw)
    )
    if order:
        return words
    return (
        CHAPTER.format(
            number=number(chapter + 1, "upperRoman"), matter=draw.choice(vocabulary.MATTERS).upper()
        )
        + words
    )


def _row(at, draw):
    return ROW.format(number=at + 1, month=1 + at % 12, **_work(draw))


def _work(draw):
    return {
        "text": vocabulary.task_text(draw),
        "lead": vocabulary.office_name(draw),
        "help": vocabulary.office_name(draw),
        "product": draw.choice(vocabulary.PRODUCTS),
    }
