"""Task tables of an annex: rows of "| … | … |" under a header that names the work and who leads it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from units.naming import fold

from .deadlines import last_day, recurrence_of
from .leads import split_units
from .result import ParsedTask
from .text import Line, Source, squeeze

_COLUMNS = (
    ("label", re.compile(r"(?:tt|stt|so tt|so thu tu)$")),
    (
        "lead",
        re.compile(r".*(?:chu tri|chu cong|thuc hien chinh|don vi thuc hien|co quan thuc hien|cq thuc hien)"),
    ),
    ("coordinating", re.compile(r".*phoi hop")),
    ("deliverable", re.compile(r".*(?:san pham|ket qua|dau ra)")),
    ("deadline", re.compile(r".*(?:thoi gian|thoi han|tien do|tg hoan thanh|ngay hoan thanh|thoi diem)")),
    ("text", re.compile(r".*(?:nhiem vu|noi dung|cong viec|hoat dong)")),
)
_NEEDED = {"text", "lead"}
_ENDLESS = re.compile(
    r"thuong xuyen|hang (?:nam|quy|thang|tuan)|theo (?:yeu cau|quy dinh|ke hoach)|sau khi|lien tuc"
)


@dataclass(frozen=True, slots=True)
class _Cell:
    start: int
    end: int
    text: str


def find_rows(source: Source, issued_on: date | None) -> Iterator[tuple[int, ParsedTask]]:
    """(offset, task) for each row of each task table. Linear."""
    header: dict[str, int] | None = None
    for line in source.lines:
        if line.is_blank or line.is_rule:
            continue
        if "|" not in line.text:
            header = None
            continue
        cells = _cells(line)
        if columns := _header(cells):
            header = columns
        elif header and (task := _row(source, header, cells, issued_on)):
            yield line.start, task


def _cells(line: Line) -> list[_Cell]:
    """The cells between the bars; an empty first cell is kept, the bars around the row are not cells."""
    inner = line.text
    start = line.start + (1 if inner.startswith("|") else 0)
    end = line.end - (1 if inner.endswith("|") and len(inner) > 1 else 0)
    edges = [start - 1, *(m.start() for m in re.compile(r"\|").finditer(line.source.text, start, end)), end]
    lead = (
        [_Cell(line.start, line.start, "")]
        if inner.startswith("|") and len(edges) > 2 and _is_unpadded(line)
        else []
    )
    return lead + [_cell(line, a + 1, b) for a, b in zip(edges, edges[1:], strict=False)]


def _is_unpadded(line: Line) -> bool:
    """A row " | a | b" whose empty first cell lost its bar: it does not end with one."""
    return not line.text.endswith("|")


def _cell(line: Line, start: int, end: int) -> _Cell:
    raw = line.source.text[start:end]
    left = len(raw) - len(raw.lstrip())
    return _Cell(start + left, start + left + len(raw.strip()), squeeze(raw))


def _header(cells: list[_Cell]) -> dict[str, int] | None:
    """Which column holds what, if these cells are the header of a task table."""
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        plain = fold(cell.text)
        name = next((name for name, pattern in _COLUMNS if len(plain) < 80 and pattern.match(plain)), None)
        if name and name not in found:
            found[name] = at
    return found if found.keys() >= _NEEDED and len(found) >= 3 else None


def _row(
    source: Source, header: dict[str, int], cells: list[_Cell], issued_on: date | None
) -> ParsedTask | None:
    def cell(name: str) -> _Cell | None:
        at = header.get(name)
        return cells[at] if at is not None and at < len(cells) and cells[at].text else None

    words, deadline = cell("text"), cell("deadline")
    if words is None or len(words.text) < 8 or re.fullmatch(r"\W*\d{1,2}\W*", words.text):
        return None
    label = cell("label")
    plain = source.plain[deadline.start : deadline.end] if deadline else ""
    endless = bool(_ENDLESS.search(plain))
    return ParsedTask(
        label=label.text.rstrip(".") if label else None,
        parent=None,
        parent_label=None,
        text=words.text,
        is_heading=False,
        leads=_units(cell("lead")),
        coordinating=_units(cell("coordinating")),
        deadline_text=deadline.text if deadline else None,
        deadline_on=None if endless or ";" in plain else _cell_day(plain, issued_on),
        recurrence=recurrence_of(plain),
        deliverable=squeeze(found.text) if (found := cell("deliverable")) else None,
        from_table=True,
        confidence=0.8,
        span=source.span(cells[0].start, cells[-1].end),
        deadline_span=source.span(deadline.start, deadline.end) if deadline else None,
    )


def _units(cell: _Cell | None) -> tuple[str, ...]:
    return split_units(cell.text) if cell else ()


def _cell_day(plain: str, issued_on: date | None) -> date | None:
    """A deadline cell holds a month, a quarter, a year or a period: its last day."""
    if period := re.fullmatch(r"\D{0,20}\d{4}\s*-\s*(\d{4})\W*", plain):
        return date(int(period[1]), 12, 31) if 1 <= int(period[1]) <= 9999 else None
    return last_day(plain, issued_on)
