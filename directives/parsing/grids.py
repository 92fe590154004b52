"""Tables whose columns are kept apart by spaces, as the text of a PDF has them.

The cells of a row interleave line by line and its number stands at the top or in the middle of it. Columns are
told by where the header's words stand, rows by blank lines or by their numbers.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .text import Line, Piece, Source

_GAP = re.compile(r"[ ]{2,}")
_LABEL = re.compile(r"(?:\d{1,3}(?:\.\d{1,3}){0,3}|[IVX]{1,6}(?:\.\d{1,2})?|[A-HĐa-zđ])[.)]?")
_AFTER = re.compile(
    r"(?:[IVX]{1,6}|[A-H])\s?[.\-]\s\S|noi nhan\b|phu luc\b|ghi chu\s?:|(?:t\s?/\s?m|tm|kt|tl)\s?[./]\s?[a-z]{2}|\(?kem theo",
    re.IGNORECASE,
)
_HEADER_LINES = 4
_ROWS = 2000


@dataclass(frozen=True, slots=True)
class Cell:
    """The words of a cell, which may stand on several lines. Offsets are into `Source.text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """`rows` hold as many cells as the header has columns; `lines` are the offsets of the table's lines."""

    header: list[Cell]
    rows: list[list[Cell]]
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Zone:
    """From where to where on the paper a column reaches."""

    left: float
    right: float


def find_grids(source: Source, is_header: Callable[[list[Cell]], bool]) -> Iterator[Grid]:
    """The tables whose header `is_header` knows. Linear: a line is looked at as header and once as body."""
    lines = source.lines
    at = 0
    while at < len(lines):
        found = _read_header(lines, at, is_header) if _may_open(lines[at]) else None
        if found is None:
            at += 1
            continue
        header, zones, body = found
        stop = _end_of(lines, body, zones)
        rows = _rows(lines[body:stop], zones)
        if rows:
            yield Grid(header, rows, tuple(line.start for line in lines[at:stop]))
        at = max(stop, at + 1)


def _may_open(line: Line) -> bool:
    return 20 < len(line) < 400 and "|" not in line.text and len(_pieces(line)) >= 3


def _pieces(line: Line) -> list[Piece]:
    edges = [line.start]
    for gap in _GAP.finditer(line.source.text, line.start, line.end):
        edges += gap.span()
    edges.append(line.end)
    return [Piece(line.source, a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]


def _read_header(
    lines: tuple[Line, ...], at: int, is_header: Callable[[list[Cell]], bool]
) -> tuple[list[Cell], list[_Zone], int] | None:
    """The header's cells, the columns' zones and where the body begins; a header may take a few lines."""
    columns: list[list[tuple[Line, Piece]]] = []
    best = None
    for below, line in enumerate(lines[at : at + _HEADER_LINES]):
        if line.is_blank or (columns and _LABEL.fullmatch(_pieces(line)[0].text)):
            break
        if best and not all(piece.text[0].islower() or piece.text[0] in "(/" for piece in _pieces(line)):
            break
        for piece in _pieces(line):
            _stack(columns, line, piece)
        columns.sort(key=lambda column: _place(*column[0])[0])
        cells = [_cell([piece for _, piece in column]) for column in columns]
        if len(columns) >= 3 and is_header(cells):
            best = cells, _zones(columns), at + below + 1
    return best


def _stack(columns: list[list[tuple[Line, Piece]]], line: Line, piece: Piece) -> None:
    """Puts a piece under the column whose words it overlaps, or opens a column."""
    left, right = _place(line, piece)
    for column in columns:
        reach = [_place(*one) for one in column]
        if min(a for a, _ in reach) < right and left < max(b for _, b in reach):
            column.append((line, piece))
            return
    columns.append([(line, piece)])


def _place(line: Line, piece: Piece) -> tuple[int, int]:
    left = line.indent + piece.start - line.start
    return left, left + len(piece)


def _zones(columns: list[list[tuple[Line, Piece]]]) -> list[_Zone]:
    reach = [[_place(*one) for one in column] for column in columns]
    spans = [(min(a for a, _ in one), max(b for _, b in one)) for one in reach]
    edges = [0.0, *((a[1] + b[0]) / 2 for a, b in zip(spans, spans[1:], strict=False)), 10_000.0]
    return [_Zone(left, right) for left, right in zip(edges, edges[1:], strict=False)]


def _end_of(lines: tuple[Line, ...], body: int, zones: list[_Zone]) -> int:
    """The first line that is no row: a section, Nơi nhận, or a sentence across the columns."""
    last = body
    for at in range(body, min(len(lines), body + _ROWS)):
        line = lines[at]
        if line.is_noise and not _LABEL.fullmatch(line.text):
            continue
        pieces = _pieces(line)
        if len(line) > 400 or "|" in line.text or (len(pieces) == 1 and _crosses(line, zones)):
            break
        last = at + 1
    return last


def _crosses(line: Line, zones: list[_Zone]) -> bool:
    if _AFTER.match(line.plain):
        return True
    left, right = line.indent, line.indent + len(line)
    return sum(1 for zone in zones if min(right, zone.right) - max(left, zone.left) > 8) > 2


def _rows(lines: tuple[Line, ...], zones: list[_Zone]) -> list[list[Cell]]:
    kept = [line for line in lines if not line.is_rule]
    table = [_in_columns(line, zones) for line in kept]
    numbers = [at for at, row in enumerate(table) if row[0] and _LABEL.fullmatch(row[0][0].text)]
    if not numbers:
        return []
    edges = _row_edges(kept, table, numbers)
    return [_joined(table[a:b]) for a, b in zip(edges, edges[1:], strict=False)]


def _in_columns(line: Line, zones: list[_Zone]) -> list[list[Piece]]:
    row: list[list[Piece]] = [[] for _ in zones]
    for piece in _pieces(line) if len(line) else []:
        left, right = _place(line, piece)
        overlaps = [min(right, zone.right) - max(left, zone.left) for zone in zones]
        row[overlaps.index(max(overlaps))].append(piece)
    return row


def _row_edges(lines: list[Line], table: list[list[list[Piece]]], numbers: list[int]) -> list[int]:
    """Where the rows begin, and the end: at blank lines, at the numbers, or as far above a number as below it."""
    blocks = [at + 1 for at, line in enumerate(lines[:-1]) if line.is_blank and not lines[at + 1].is_blank]
    starts = [0, *blocks]
    holds = [
        sum(1 for n in numbers if a <= n < b) for a, b in zip(starts, [*blocks, len(lines)], strict=True)
    ]
    if len(blocks) >= len(numbers) - 1 and all(count <= 1 for count in holds):
        return [a for a, count in zip(starts, holds, strict=True) if count or a == starts[0]] + [len(lines)]
    first = next(at for at, line in enumerate(lines) if not line.is_blank)
    if first in numbers:
        return [*numbers, len(lines)]
    edges = [0]
    for number, following in zip(numbers, numbers[1:], strict=False):
        wanted = 2 * number - edges[-1] + 1
        within = [at for at in range(number + 1, following + 1) if _begins(table[at])] or [following]
        edges.append(min(within, key=lambda at: abs(at - wanted)))
    return [*edges, len(lines)]


def _begins(row: list[list[Piece]]) -> bool:
    """A line on which the first words of a cell stand: they start with a capital."""
    return any(column and column[0].text[0].isupper() for column in row[1:])


def _joined(rows: list[list[list[Piece]]]) -> list[Cell]:
    return [_cell([piece for row in rows for piece in row[at]]) for at in range(len(rows[0]))]


def _cell(pieces: list[Piece]) -> Cell:
    if not pieces:
        return Cell(0, 0, "")
    return Cell(pieces[0].start, pieces[-1].end, " ".join(piece.text for piece in pieces))
