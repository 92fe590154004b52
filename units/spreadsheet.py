"""Reading a table out of an .xlsx or .csv file that somebody made: rows of text, within limits.

A file is refused with a sentence before it costs much: its zip directory is read first, a document type
declaration (the door to entities that grow) is looked for next, and only then the cells, in read-only mode.
"""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from units.errors import Refused

MAX_SIZE = 20 * 1024 * 1024
MAX_ROWS, MAX_COLUMNS, MAX_CELL = 50_000, 50, 1000
# Fifty thousand rows of twelve filled cells unpack to some 40 MB.
MAX_UNPACKED, MAX_PARTS = 64 * 1024 * 1024, 500
DELIMITERS = ";,\t"
# Excel's own widest row.
MOST_CELLS = 16_384
ENCRYPTED = 0x1


@dataclass(frozen=True)
class Row:
    """One line of the sheet: its number as the person sees it, and its cells as text."""

    number: int
    cells: tuple[str, ...]


def read(name: str, content: bytes) -> list[Row]:
    """The rows of the first sheet that hold anything. Raises Refused; dates come out as 2024-05-31."""
    if len(content) > MAX_SIZE:
        raise Refused(_("Tệp lớn hơn 20 MB."))
    if name.lower().endswith(".xlsx"):
        return _within_limits(_xlsx(content))
    if name.lower().endswith(".csv"):
        return _within_limits(_csv(content))
    raise Refused(_("Chỉ nhận tệp .xlsx hoặc .csv."))


def _within_limits(lines: Iterable[Iterable]) -> list[Row]:
    rows = []
    for number, line in enumerate(lines, start=1):
        if number > MAX_ROWS + 1:
            raise Refused(_("Bảng có hơn 50.000 dòng. Hãy chia thành nhiều tệp."))
        cells = tuple(_text(value) for value in line)
        if any(cells[MAX_COLUMNS:]):
            raise Refused(_("Dòng %(number)d có hơn 50 cột.") % {"number": number})
        if any(cells):
            rows.append(Row(number, cells[:MAX_COLUMNS]))
    return rows


def _text(value) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = " ".join(unicodedata.normalize("NFC", str(value)[: MAX_CELL + 1]).split())
    if len(text) > MAX_CELL:
        raise Refused(_("Có ô dài hơn 1.000 ký tự."))
    return text


# --- CSV ---------------------------------------------------------------------------------------
def _csv(content: bytes) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(_("Tệp .csv không phải bảng mã UTF-8. Hãy lưu lại bằng “CSV UTF-8”.")) from None
    heading = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=heading.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error:
        raise Refused(_("Tệp .csv hỏng: có dấu nháy kép không đóng hoặc ô quá dài.")) from None


# --- Excel -------------------------------------------------------------------------------------
def _xlsx(content: bytes) -> Iterator[tuple]:
    """The cells of the first sheet; of a formula, the value it had when the file was saved."""
    try:
        _check_archive(content)
        workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = workbook.worksheets[0]
        # The size a file claims to have is not its size.
        sheet.reset_dimensions()
        yield from islice(sheet.iter_rows(values_only=True), MAX_ROWS + 2)
    except Refused:
        raise
    except Exception as broken:  # noqa: BLE001 - the library meets a broken file with errors of every kind
        raise Refused(_("Không đọc được tệp Excel này: tệp hỏng hoặc có mật khẩu.")) from broken


def _check_archive(content: bytes) -> None:
    try:
        archive = ZipFile(io.BytesIO(content))
    except BadZipFile:
        raise Refused(_("Không đọc được tệp Excel này: tệp hỏng hoặc có mật khẩu.")) from None
    parts = archive.infolist()
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise Refused(_("Tệp Excel quá nặng khi mở ra. Hãy chỉ để lại một trang tính không có hình."))
    if any(part.flag_bits & ENCRYPTED for part in parts):
        raise Refused(_("Tệp Excel có mật khẩu."))
    for part in parts:
        with archive.open(part) as stream, suppress(expat.ExpatError):
            _scan(stream)


def _scan(part) -> None:
    """Refuse what would cost the library much: entities that grow, and rows, which it holds in memory whole.

    What is no XML ends the scan with an error, and would end the library's reading with the same.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = _counter()
    while chunk := part.read(65536):
        parser.Parse(chunk)


def _refuse_doctype(*_ignored):
    raise Refused(_("Tệp Excel này chứa khai báo không được phép."))


def _counter():
    """Counts the rows of a part, and the cells since the last row began."""
    rows = cells = 0

    def count(name, _attributes):
        nonlocal rows, cells
        if name.endswith(" row"):
            rows, cells = rows + 1, 0
        elif name.endswith(" c"):
            cells += 1
        if rows > MAX_ROWS + 1:
            raise Refused(_("Bảng có hơn 50.000 dòng. Hãy chia thành nhiều tệp."))
        if cells > MOST_CELLS:
            raise Refused(_("Tệp Excel quá nặng khi mở ra. Hãy chỉ để lại một trang tính không có hình."))

    return count
