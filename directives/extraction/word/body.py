"""The paragraphs and tables of a Word document, in the order in which they are read."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ..layout import Arrangement, arrangement
from .numbering import Numbering
from .runs import Runs
from .styles import Styles, place_of, value
from .tables import Cell, rows_of

# Wrappers that hold the same things as the body; choices are read once.
_SKIPPED = frozenset({"del", "moveFrom", "sectPr", "tblPr", "tblGrid", "sdtPr", "Fallback"})
_LONGEST_BREAKS = 10


class Body:
    """Turns blocks into lines; counts the lists on its way, so it reads a document once."""

    def __init__(self, styles: Styles, numbering: Numbering, runs: Runs):
        self.styles, self.numbering, self.runs = styles, numbering, runs

    def lines(self, element: Element) -> Iterator[str]:
        """The lines of everything inside an element. Linear."""
        for child in element:
            if child.tag == "p":
                yield from self._paragraph(child)
            elif child.tag == "tbl":
                yield from self._table(child)
            elif child.tag not in _SKIPPED and len(child):
                yield from self.lines(child)

    def _paragraph(self, paragraph: Element) -> Iterator[str]:
        for box in _boxes(paragraph):
            yield from self.lines(box)
        label = self._label(paragraph)
        text = self.runs.text(paragraph)
        if label and (text.strip() or label[-1] not in "-+•"):
            text = f"{label} {text.lstrip()}"
        yield from text.split("\n")

    def _label(self, paragraph: Element) -> str:
        properties = paragraph.find("pPr")
        style = value(properties, "pStyle") if properties is not None else None
        place = place_of(properties) or self.styles.paragraph(style).place
        return self.numbering.label(place, style or self.styles.default) if place else ""

    def _table(self, table: Element) -> Iterator[str]:
        rows = rows_of(table, lambda cell: [line.strip() for line in self.lines(cell)])
        words = [[cell.text for cell in row] for row in rows]
        yield ""
        match arrangement(words):
            case Arrangement.ROWS:
                yield from (_barred(row) for row in rows)
            case Arrangement.BY_ROW:
                yield from _in_turn(cell for row in rows for cell in row)
            case Arrangement.BY_COLUMN:
                wide = max(map(len, rows))
                yield from _in_turn(row[at] for at in range(wide) for row in rows if at < len(row))
        yield ""


def _boxes(paragraph: Element) -> Iterator[Element]:
    """Text boxes anchored in a paragraph; the picture for old programs says the same again."""
    waiting = list(reversed(paragraph))
    while waiting:
        one = waiting.pop()
        if one.tag == "txbxContent":
            yield one
        elif one.tag == "AlternateContent":
            waiting.extend(list(one)[:1])
        elif one.tag not in _SKIPPED:
            waiting.extend(reversed(one))


def _barred(row: list[Cell]) -> str:
    """A row of a real table. Breaks are kept where a reader can follow them to the end of the row."""
    kept = sum(len(cell.lines) - 1 for cell in row if cell.lines) <= _LONGEST_BREAKS
    cells = [("\n" if kept else " ").join(cell.lines).replace("|", "/") for cell in row]
    return "| " + " | ".join(cells) + " |"


def _in_turn(cells: Iterator[Cell]) -> Iterator[str]:
    for cell in cells:
        if cell.lines:
            yield from cell.lines
            yield ""
