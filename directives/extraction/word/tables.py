"""The rows of a Word table with their merged cells written out, so that every column stays under its head."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from .styles import value, whole

COLUMNS = 64
_WRAPPERS = frozenset(
    {"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "AlternateContent", "Choice"}
)
# Below a merged cell of these columns the row above goes on; below another the same holds for every row.
_NAMING = 2


@dataclass(slots=True)
class Cell:
    """`lines` without empty ones; `below` where the cell goes on one above it, `shadow` where it is only width."""

    lines: list[str] = field(default_factory=list)
    below: bool = False
    shadow: bool = False

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def rows_of(table: Element, read: Callable[[Element], list[str]]) -> list[list[Cell]]:
    """Every row as its cells, with empty ones where a cell is wider than one column. `read` gives a cell's lines."""
    rows = [_row(row, read) for row in _children(table, "tr") if not _is_deleted(row)]
    for above, row in zip(rows, rows[1:], strict=False):
        _carry_down(above, row)
    return rows


def _row(row: Element, read: Callable[[Element], list[str]]) -> list[Cell]:
    properties = row.find("trPr")
    cells = [Cell(shadow=True) for _ in range(_number(properties, "gridBefore"))]
    for element in _children(row, "tc"):
        own = element.find("tcPr")
        merged = own.find("vMerge") if own is not None else None
        below = merged is not None and merged.get("val", "continue") == "continue"
        cells.append(Cell([line for line in read(element) if line], below=below))
        cells += [Cell(shadow=True) for _ in range(_number(own, "gridSpan") - 1)]
    return cells[:COLUMNS]


def _carry_down(above: list[Cell], row: list[Cell]) -> None:
    """A unit merged over three tasks owes all three; a task merged over two products stays one."""
    if all(cell.below for cell in row[:_NAMING]):
        return
    for at, cell in enumerate(row):
        if cell.below and not cell.lines and at >= _NAMING and at < len(above):
            cell.lines = above[at].lines


def _children(element: Element, tag: str) -> Iterator[Element]:
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, tag)


def _is_deleted(row: Element) -> bool:
    properties = row.find("trPr")
    return properties is not None and properties.find("del") is not None


def _number(properties: Element | None, name: str) -> int:
    found = whole(value(properties, name)) if properties is not None else None
    return min(found or 0, COLUMNS)
