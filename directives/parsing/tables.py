"""Task tables: rows under a header that names the work and who leads it, between bars or between spaces."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from units.naming import fold, plain_letters

from .deadlines import DAY, last_day, recurrence_of
from .grids import Cell, Grid, find_grids
from .leads import split_units
from .result import ParsedTask
from .text import Line, Source, squeeze

_COLUMNS = (
    ("label", re.compile(r"^(?:tt|stt|so tt|so thu tu)$")),
    ("coordinating", re.compile(r"^(?!.{0,80}chu tri).{0,80}phoi hop")),
    (
        "lead",
        re.compile(
            r"(?:chu tri|chu cong|thuc hien chinh|don vi thuc hien|co quan thuc hien|cq thuc hien|(?:don vi|co quan) (?:phu trach|duoc giao|chu quan))"
            r"|^(?:phan cong|trach nhiem)(?: thuc hien)?$"
        ),
    ),
    ("deliverable", re.compile(r"(?:san pham|ket qua|dau ra|hinh thuc (?:van ban|san pham)|loai van ban)")),
    (
        "deadline",
        re.compile(r"(?:thoi gian|thoi han|tien do|tg hoan thanh|ngay hoan thanh|thoi diem|han hoan thanh)"),
    ),
    (
        "text",
        re.compile(r"(?:nhiem vu|noi dung|cong viec|hoat dong|giai phap|ten (?:van ban|de an|du an))"),
    ),
)
_NEEDED = {"text", "lead"}
_ENDLESS = re.compile(
    r"thuong xuyen|hang (?:nam|quy|thang|tuan)|theo (?:yeu cau|quy dinh|ke hoach)|sau khi|lien tuc"
)
_MOMENT = re.compile(rf"{DAY}|\bthang \d{{1,2}}\b|\bquy [iv]{{1,3}}\b|\b\d{{1,2}}/\d{{4}}\b")
_GLUED = re.compile(
    r"(?<=[^\W\d_A-ZĐ])(?<!phòng)(?<!tra)(?<!ủy)(?<!uỷ)(?<!thuộc)(?<!của)(?<!đốc)(?<!trưởng)(?<!tịch)(?<!đạo)(?<!trực)(?<!đoàn)(?<!và)(?<!bộ)(?<!các)(?<!cấp)"
    r"\s{1,3}(?=(?:Sở|Bộ|Cục|Vụ|UBND|Công an|Ủy ban nhân dân|Uỷ ban nhân dân)\s[^\W\d_])"
)
_GROUP = re.compile(r"\W{0,3}(?:[IVX]{1,6}|[A-HĐ])\W{0,3}")
_BAR = re.compile(r"\|")
_WRAPPED = 12
_MOST_CELLS = 200


@dataclass(frozen=True, slots=True)
class Row:
    """A task of a table, where it begins, and where the heading row above it begins."""

    start: int
    end: int
    task: ParsedTask
    above: int | None


class _Table:
    """Reads the rows of one table after another; a header repeated on the next page goes on with the table above."""

    def __init__(self, source: Source, issued_on: date | None):
        self.source = source
        self.issued_on = issued_on
        self.columns: dict[str, int] = {}
        self.header: list[Cell] = []
        self.headings: list[tuple[int, str]] = []

    @property
    def is_closed(self) -> bool:
        """Whether the rows stand between bars on both sides, as pasted tables do."""
        last = self.header[-1].end if self.header else 0
        return re.match(r"[ \t]{0,9}\|", self.source.text[last : last + 10]) is not None

    def close(self) -> None:
        self.columns, self.header = {}, []

    def read(self, cells: list[Cell]) -> Row | None:
        """The task in these cells, or None; a header is taken in and sets the columns."""
        if columns := _header(cells):
            if [fold(cell.text) for cell in cells] != [fold(cell.text) for cell in self.header]:
                self.headings = self.headings if self.columns else []
            self.columns, self.header = columns, cells
            return None
        if self.columns and _is_second_header(cells):
            self.columns = _header(_stacked(self.header, cells)) or self.columns
            return None
        return self._row(cells) if self.columns else None

    def _row(self, cells: list[Cell]) -> Row | None:
        held = {name: cells[at] for name, at in self.columns.items() if at < len(cells) and cells[at].text}
        filled = [cell for cell in cells if cell.text]
        bare = not held.keys() & {"lead", "coordinating", "deadline", "deliverable"}
        if len(filled) <= 2 and (bare or _is_group(filled)):
            return self._heading(filled)
        words = held.get("text")
        if words is None or len(words.text) < 8 or re.fullmatch(r"\W*\d{1,2}\W*", words.text):
            return None
        label = _label(held.get("label"))
        above = self._above(label)
        return self._made(filled, self._task(held, label), above)

    def _heading(self, filled: list[Cell]) -> Row | None:
        """A row that names a group of tasks: "II | Cải cách thủ tục hành chính"."""
        if not filled or not any(c.isalpha() for c in filled[-1].text) or len(filled[-1].text) < 4:
            return None
        label = _label(filled[0]) if len(filled) == 2 else None
        words = filled[-1]
        if label is None and (
            found := re.match(r"(?P<label>[IVX]{1,6}|[A-HĐ])\s?[.\-]\s{1,3}(?=\S)", words.text)
        ):
            label = found["label"]
            words = Cell(words.start + found.end(), words.end, words.text[found.end() :])
        above = self._above_heading(label)
        row = self._made(filled, self._task({"text": words}, label), above)
        self.headings.append((row.start, label or ""))
        return row

    def _above_heading(self, label: str | None) -> int | None:
        """The open heading of a higher level, the lower ones being closed: "II.1" and "1" stand under "II"."""
        while self.headings:
            start, upper = self.headings[-1]
            below = (
                label
                and upper
                and (label.startswith(upper + ".") or (upper.isalpha() and label[0].isdigit()))
            )
            if below:
                return start
            self.headings.pop()
        return None

    def _above(self, label: str | None) -> int | None:
        return self.headings[-1][0] if self.headings else None

    def _made(self, filled: list[Cell], task: ParsedTask, above: int | None) -> Row:
        start = min(cell.start for cell in filled)
        return Row(start, max(cell.end for cell in filled), task, above)

    def _task(self, held: dict[str, Cell], label: str | None) -> ParsedTask:
        deadline, product = held.get("deadline"), held.get("deliverable")
        plain = plain_letters(deadline.text) if deadline else ""
        cells = held.values()
        return ParsedTask(
            label=label,
            parent=None,
            parent_label=None,
            text=squeeze(held["text"].text),
            is_heading=False,
            leads=_units(held.get("lead")),
            coordinating=_units(held.get("coordinating")),
            deadline_text=squeeze(deadline.text) if deadline else None,
            deadline_on=_cell_day(plain, self.issued_on),
            recurrence=recurrence_of(plain),
            deliverable=squeeze(product.text) if product else None,
            from_table=True,
            confidence=0.8,
            span=self.source.span(min(cell.start for cell in cells), max(cell.end for cell in cells)),
            deadline_span=self.source.span(deadline.start, deadline.end) if deadline else None,
        )


def _is_group(filled: list[Cell]) -> bool:
    """ "I | Hạ tầng số": a group's name stands in the second column, whatever that column holds of tasks."""
    return len(filled) == 2 and _GROUP.fullmatch(filled[0].text) is not None


def find_rows(source: Source, grids: Iterable[Grid], issued_on: date | None) -> Iterator[Row]:
    """The tasks of the task tables of a text, in each table in order; `grids` are those between spaces. Linear."""
    yield from _barred(source, issued_on)
    for grid in grids:
        table = _Table(source, issued_on)
        table.read(grid.header)
        for cells in grid.rows:
            if row := table.read(cells):
                yield row


def find_task_grids(source: Source) -> list[Grid]:
    """The task tables between spaces; their lines are neither items nor sentences. Linear."""
    return list(find_grids(source, lambda cells: bool(_header(cells))))


def _barred(source: Source, issued_on: date | None) -> Iterator[Row]:
    table = _Table(source, issued_on)
    lines = iter(source.lines)
    for line in lines:
        if line.is_noise:
            continue
        if "|" not in line.text:
            table.close()
        elif row := table.read(_cells(source, *_whole_row(line, lines, table.is_closed))):
            yield row


def _whole_row(line: Line, lines: Iterator[Line], closed: bool) -> tuple[int, int]:
    """A row of a pasted table goes on until the bar that closes it: cells hold line breaks."""
    end = line.end
    opened = closed and line.text.startswith("|") and not line.text.endswith("|")
    for _ in range(_WRAPPED if opened else 0):
        below = next(lines, None)
        if below is None or below.text.startswith("|"):
            break
        end = max(end, below.end)
        if below.text.endswith("|"):
            break
    return line.start, end


def _cells(source: Source, start: int, end: int) -> list[Cell]:
    """The cells between the bars, none of a row of more than any table has; an empty first cell is kept, the bars around the row are not cells."""
    text = source.text
    if text.count("|", start, end) > _MOST_CELLS:
        return []
    left = start + (1 if text.startswith("|", start) else 0)
    closed = end - start > 1 and text[end - 1] == "|"
    right = end - (1 if closed else 0)
    edges = [left - 1, *(m.start() for m in _BAR.finditer(text, left, right)), right]
    # A row " | a | b" lost the bar of its empty first cell: it does not end with one either.
    first = [Cell(start, start, "")] if left > start and len(edges) > 2 and not closed else []
    return first + [_cell(source, a + 1, b) for a, b in zip(edges, edges[1:], strict=False)]


def _cell(source: Source, start: int, end: int) -> Cell:
    raw = source.text[start:end]
    words = raw.strip()
    left = start + len(raw) - len(raw.lstrip()) if words else start
    return Cell(left, left + len(words), words)


def _column(cell: Cell) -> str | None:
    plain = fold(cell.text)
    return next((name for name, pattern in _COLUMNS if len(plain) < 80 and pattern.search(plain)), None)


def _header(cells: list[Cell]) -> dict[str, int] | None:
    """Which column holds what, if these cells are the header of a task table."""
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        if name := _column(cell):
            found.setdefault(name, at)
    return found if found.keys() >= _NEEDED and len(found) >= 3 else None


def _is_second_header(cells: list[Cell]) -> bool:
    """The lower row of a header whose upper cells are merged: "Chủ trì | Phối hợp"."""
    filled = [cell for cell in cells if cell.text]
    return len(filled) >= 2 and all(_column(cell) and len(cell.text) < 40 for cell in filled)


def _stacked(upper: list[Cell], lower: list[Cell]) -> list[Cell]:
    return [Cell(a.start, a.end, f"{a.text} {b.text}") for a, b in zip(upper, lower, strict=False)]


def _label(cell: Cell | None) -> str | None:
    return (squeeze(cell.text).strip("().* ") or None) if cell else None


def _units(cell: Cell | None) -> tuple[str, ...]:
    """The units of a cell, also of one that sets them below one another without a mark between them."""
    if cell is None:
        return ()
    return tuple(unit for part in _parts(cell.text) for unit in split_units(part.lstrip("-+• ")))


def _parts(text: str) -> list[str]:
    """Lines of a cell that begin a unit each; a line that goes on with a name belongs to the one above."""
    rows = [squeeze(row) for row in text.split("\n") if row.strip()]
    joined: list[str] = []
    for row in rows:
        fresh = joined and (row[0].isupper() or row[0] in "-+•") and not joined[-1].endswith((",", " và"))
        if joined and not fresh:
            joined[-1] += " " + row
        else:
            joined.append(row)
    return [piece for row in joined for piece in _GLUED.split(row)]


def _cell_day(plain: str, issued_on: date | None) -> date | None:
    """A deadline cell holds a day, a month, a quarter, a year or a period: its last day; of several none."""
    if _ENDLESS.search(plain) or ";" in plain:
        return None
    if period := re.fullmatch(r"\D{0,20}\d{4}\s*-\s*(\d{4})\W*", plain):
        return date(int(period[1]), 12, 31) if 1 <= int(period[1]) <= 9999 else None
    if len(_MOMENT.findall(plain)) > 1 and not re.search(r"\bden\b|-", plain):
        return None
    return last_day(plain, issued_on)
