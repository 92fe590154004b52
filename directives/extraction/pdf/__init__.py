"""PDF files with a text layer: letters by their places, lines, columns, tables, paragraphs."""

from collections.abc import Iterator
from pathlib import Path

from .. import Extracted, Suspect
from ..tidy import tidy
from .columns import blocks_of
from .glyphs import Page, Reader
from .lines import Line, lines_of
from .noise import footnotes_from, without_page_number, without_seals
from .paragraphs import margins, paragraphs


def read(path: Path) -> Extracted:
    """The text of a PDF. Raises `Suspect`. Linear; some hundredths of a second a page."""
    lines: list[str] = []
    notes: list[str] = []
    count = 0
    with Reader(path) as reader:
        for count, page in enumerate(reader.pages(), 1):
            body, below = _parts(page)
            lines += _lines(body, page)
            notes += paragraphs(below, *margins(below))
    text = tidy(lines)
    if not text.strip():
        raise Suspect("scan")
    return Extracted(text, pages=count, footnotes=tuple(notes))


def _parts(page: Page) -> tuple[list[Line], list[Line]]:
    """The lines of a page, and its footnotes."""
    lines = without_page_number(without_seals(lines_of(page.glyphs)), page.height)
    at = footnotes_from(lines, page.rules, page.height)
    return lines[:at], lines[at:]


def _lines(lines: list[Line], page: Page) -> Iterator[str]:
    left, right = margins(lines)
    at = 0
    for block in blocks_of(lines, page.width):
        yield from paragraphs(lines[at : block.start], left, right)
        yield ""
        for column in (block.left, block.right):
            yield from (line.text for line in column)
            yield ""
        at = block.stop
    yield from paragraphs(lines[at:], left, right)
