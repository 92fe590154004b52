"""The rows of a Word table with their merged cells written out, so that every column stays under its head."""

from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from ..cells import COLUMNS, Cell, Row, carry_down
from .styles import value, whole

_WRAPPERS = frozenset(
    {"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "AlternateContent", "Choice"}
)


def rows_of(table: Element, read: Callable[[Element], list[str]]) -> list[Row]:
    """Every row as its cells, with empty ones where a cell is wider than one column. `read` gives a cell's lines."""
    rows = [_row(row, read) for row in _children(table, "tr") if not _is_deleted(row)]
    carry_down(rows)
    return rows


def _row(row: Element, read: Callable[[Element], list[str]]) -> Row:
    cells = [Cell() for _ in range(_number(row.find("trPr"), "gridBefore"))]
    for element in _children(row, "tc"):
        own = element.find("tcPr")
        merged = own.find("vMerge") if own is not None else None
        below = merged is not None and merged.get("val", "continue") == "continue"
        cells.append(Cell([line for line in read(element) if line], below=below))
        cells += [Cell() for _ in range(_number(own, "gridSpan") - 1)]
    return cells[:COLUMNS]


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
