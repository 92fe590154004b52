"""PDF files with a text layer: letters by their places, lines, columns, tables, paragraphs."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from .. import Extracted, Suspect
from ..tidy import tidy
from .columns import blocks_of
from .flow import Flow
from .glyphs import Glyph, Page, Reader
from .grids import Grid, grids_of, rows_in
from .lines import RAISED, Line, lines_of
from .noise import footnotes_from, without_arrivals, without_page_number, without_seals
from .paragraphs import margins, paragraphs
from .pictures import PAGES as MOST_PICTURES
from .pictures import is_garbled, is_picture, recognised

# In widths of the page: where the right margin is at least, though every line be short.
NARROWEST = 0.86
_MARK = re.compile(rf"(?:{RAISED}\d)+")
_NUMBERED = re.compile(rf"\[?((?:{RAISED}?\d){{1,3}})\]?\s*")


def read(path: Path, *, ocr: bool = False) -> Extracted:
    """The text of a PDF, its footnotes below it as "[1] …". Raises `Suspect`.

    Some hundredths of a second a page; with `ocr` seconds for a page that is a picture.
    """
    with Reader(path) as reader:
        pages = list(reader.pages())
        pictures = [at for at, page in enumerate(pages) if is_picture(page)]
        if not ocr and _is_scan(pages, pictures):
            raise Suspect("scan")
        text = text_of_pages(page for page in pages if not is_picture(page))
        if is_garbled(text):
            if not ocr:
                raise Suspect("garbled")
            pictures = list(range(len(pages)))
        if not ocr or not pictures:
            return Extracted(text, len(pages), ("pictures",) if pictures else ())
        return _recognised(reader, pages, pictures)


def _is_scan(pages: list[Page], pictures: list[int]) -> bool:
    """The document itself is a picture; an appendix of pictures does not make it one."""
    return len(pictures) * 2 > len(pages) or 0 in pictures or not any(page.glyphs for page in pages)


def _recognised(reader: Reader, pages: list[Page], pictures: list[int]) -> Extracted:
    if len(pictures) > MOST_PICTURES:
        raise Suspect("long_scan")
    for at in pictures:
        pages[at] = recognised(reader, at)
    text = text_of_pages(pages)
    if not text.strip():
        raise Suspect("no_text")
    return Extracted(text, len(pages), ("ocr",))


def text_of_pages(pages: Iterable[Page]) -> str:
    """The text of pages that were read, footnotes below it. Linear."""
    flow = Flow()
    notes = [note for page in pages for note in _add(flow, page)]
    return tidy(chain(_without_marks(flow.lines(), notes), [""], notes))


def _add(flow: Flow, page: Page) -> list[str]:
    """Puts a page into the flow and answers with its footnotes."""
    grids = grids_of(page.rules)
    outside, inside = _shared_out(page.glyphs, grids)
    lines = without_arrivals(without_seals(lines_of(outside)), page.height)
    lines = without_page_number(lines, page.height)
    end = footnotes_from(lines, page.rules, page.height)
    left, right = margins(lines[:end])
    right = max(right, page.width * NARROWEST)
    at = 0
    for grid, glyphs in zip(grids, inside, strict=True):
        below = next((n for n in range(at, end) if lines[n].y > grid.top), end)
        _add_lines(flow, lines[at:below], page.width, left, right)
        if rows := rows_in(grid, glyphs):
            flow.add_table(rows)
        at = below
    _add_lines(flow, lines[at:end], page.width, left, right)
    below_stroke = lines[end:]
    return [_numbered(note) for note in paragraphs(below_stroke, *margins(below_stroke))]


def _numbered(note: str) -> str:
    found = _NUMBERED.match(note)
    return f"[{found[1].replace(RAISED, '')}] {note[found.end() :]}" if found else note


def _without_marks(lines: Iterable[str], notes: list[str]) -> Iterator[str]:
    """Lines without the marks of footnotes that there are; other raised figures are part of the text (m2)."""
    known = {note[1 : note.find("]")] for note in notes if note.startswith("[")}

    def plain(found: re.Match[str]) -> str:
        figures = found[0].replace(RAISED, "")
        return "" if figures in known else figures

    return (_MARK.sub(plain, line) for line in lines)


def _shared_out(glyphs: Iterable[Glyph], grids: list[Grid]) -> tuple[list[Glyph], list[list[Glyph]]]:
    """The letters outside all tables, and those inside each."""
    outside: list[Glyph] = []
    inside: list[list[Glyph]] = [[] for _ in grids]
    for glyph in glyphs:
        own = next((at for at, grid in enumerate(grids) if grid.holds(glyph)), None)
        (outside if own is None else inside[own]).append(glyph)
    return outside, inside


def _add_lines(flow: Flow, lines: list[Line], width: float, left: float, right: float) -> None:
    at = 0
    for block in blocks_of(lines, width):
        flow.add_prose(lines[at : block.start], left, right)
        flow.add_columns(block.left, block.right)
        at = block.stop
    flow.add_prose(lines[at:], left, right)
