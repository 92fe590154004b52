"""The cells of a table, whatever file it stands in: merged ones written out, rows between bars."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from .layout import LAYOUT_ROWS, Arrangement, arrangement

COLUMNS = 64
# Below a merged cell of these columns the row above goes on; below another the same holds for every row.
_NAMING = 2
_LONGEST_BREAKS = 10


@dataclass(slots=True)
class Cell:
    """`lines` without empty ones; `below` where the cell goes on one above it."""

    lines: list[str] = field(default_factory=list)
    below: bool = False

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


Row = list[Cell]


def carry_down(rows: Sequence[Row]) -> None:
    """A unit merged over three tasks owes all three; a task merged over two products stays one."""
    for above, row in zip(rows, rows[1:], strict=False):
        if all(cell.below for cell in row[:_NAMING]):
            continue
        for at, cell in enumerate(row):
            if cell.below and not cell.lines and at >= _NAMING and at < len(above):
                cell.lines = above[at].lines


def table_lines(rows: Sequence[Row]) -> Iterator[str]:
    """A table as text: rows between bars, or cell after cell where it only places things on the page. Linear."""
    words = [[cell.text if at <= LAYOUT_ROWS else "" for cell in row] for at, row in enumerate(rows)]
    match arrangement(words):
        case Arrangement.ROWS:
            yield from (_barred(row, at > 0) for at, row in enumerate(rows))
        case Arrangement.BY_ROW:
            yield from _in_turn(cell for row in rows for cell in row)
        case Arrangement.BY_COLUMN:
            wide = max(map(len, rows))
            yield from _in_turn(row[at] for at in range(wide) for row in rows if at < len(row))


def _barred(row: Row, breaks: bool) -> str:
    """Breaks inside cells are kept below the head, where a reader can follow them to the end of the row."""
    kept = breaks and sum(len(cell.lines) - 1 for cell in row if cell.lines) <= _LONGEST_BREAKS
    cells = [("\n" if kept else " ").join(cell.lines).replace("|", "/") for cell in row]
    return "| " + " | ".join(cells) + " |"


def _in_turn(cells: Iterable[Cell]) -> Iterator[str]:
    for cell in cells:
        if cell.lines:
            yield from cell.lines
            yield ""
