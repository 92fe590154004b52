"""The paragraphs and tables of a Word document, in the order in which they are read."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ..cells import table_lines
from .numbering import Numbering
from .runs import Runs
from .styles import Styles, place_of, value
from .tables import rows_of

# Wrappers that hold the same things as the body; choices are read once.
_SKIPPED = frozenset({"del", "moveFrom", "sectPr", "tblPr", "tblGrid", "sdtPr", "Fallback"})


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
        yield ""
        yield from table_lines(rows)
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
