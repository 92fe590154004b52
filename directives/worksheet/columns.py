"""The columns of the table, once for the writer and the reader: which come filled, which are to be filled in."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from units.importing.tables import Column, UnreadableError, read_date
from units.naming import fold
from units.numerals import natural

MARKS = {"x", "co", "da", "da xong", "xong", "hoan thanh", "yes", "1"}
NO_MARKS = {"", "chua", "khong", "no", "0", "-"}


def read_key(text: str) -> int:
    key = natural(text)
    if not key:
        raise UnreadableError(_("“%(text)s” không phải mã việc.") % {"text": text})
    return key


def read_mark(text: str) -> bool:
    said = fold(text)
    if said not in MARKS | NO_MARKS:
        raise UnreadableError(_("“%(text)s”: ghi x khi đã hoàn thành, để trống khi chưa.") % {"text": text})
    return said in MARKS


def read_percent(text: str) -> int | None:
    """Whole per cent. A share that nobody marked as a percentage, 0.6, is one all the same."""
    if not text:
        return None
    plain = text.removesuffix("%").strip().replace(",", ".")
    try:
        number = float(plain)
    except ValueError:
        number = -1
    if 0 < number < 1 and "%" not in text:
        number *= 100
    if not 0 <= number <= 100:
        raise UnreadableError(_("“%(text)s”: ghi một số từ 0 đến 100.") % {"text": text})
    return round(number)


KEY = Column("key", gettext_lazy("Mã việc"), ("ma viec", "work no"), read_key, required=True)
# What tells a person which work it is; a row that says another is one that slipped while sorting.
TOLD = (
    Column("code", gettext_lazy("Số, ký hiệu"), ("so ky hieu", "number and notation"), longest=200),
    Column("label", gettext_lazy("Mục"), ("muc", "item"), longest=100),
)
FILLED = (
    Column("text", gettext_lazy("Kết quả, tiến độ"), ("ket qua tien do", "result progress"), longest=10_000),
    Column("percent", gettext_lazy("Hoàn thành (%)"), ("hoan thanh", "completed"), read_percent),
    Column("obstacle", gettext_lazy("Vướng mắc, kiến nghị"), ("vuong mac kien nghi", "obstacle proposal"), longest=10_000),
    Column("done", gettext_lazy("Báo cáo hoàn thành (x)"), ("bao cao hoan thanh x", "report done x"), read_mark),
    Column("document", gettext_lazy("Văn bản minh chứng"), ("van ban minh chung", "document as evidence"), longest=70),
    Column("dated_on", gettext_lazy("Ngày văn bản"), ("ngay van ban", "document date"), read_date),
    Column("addressed_to", gettext_lazy("Nơi nhận văn bản"), ("noi nhan van ban", "document addressee"), longest=255),
)  # fmt: skip
# Hidden: what the cell of the per cent said when the table was taken along.
TAKEN = Column(
    "taken",
    gettext_lazy("Tỷ lệ khi lấy bảng"),
    ("ty le khi lay bang", "per cent when taken along"),
    read_percent,
)
COLUMNS = (KEY, *TOLD, *FILLED, TAKEN)
