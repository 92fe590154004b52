"""What stands on a page of a PDF and where: letters and ruled lines, in points from the upper left corner."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from directives.inspection import Suspect

PAGES = 500
GLYPHS = 3_000_000
OBJECTS = 200_000
THIN = 2.5
SHORT = 4.0
# In radians: italics may be slanted letters, seals stand on their side.
_UPRIGHT = 0.35
SOFT_HYPHEN = "\x02"


@dataclass(slots=True)
class Glyph:
    """A letter with its marks. `y` is its baseline; `spaced` where the file has a space before it."""

    text: str
    left: float
    right: float
    y: float
    size: float
    spaced: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line: it lies flat (`y` the same) or stands (`x` the same)."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_flat(self) -> bool:
        return self.right - self.left >= self.bottom - self.top


@dataclass(slots=True)
class Page:
    """`pictured`: the share of the page that pictures cover."""

    width: float
    height: float
    glyphs: list[Glyph]
    rules: list[Rule] = field(default_factory=list)
    pictured: float = 0.0


class Reader:
    """An open PDF. Pages are read one at a time and closed again."""

    def __init__(self, path: Path):
        self.document = pypdfium2.PdfDocument(path)
        if not 0 < len(self.document) <= PAGES:
            raise Suspect("heavy" if len(self.document) else "broken")

    def __enter__(self) -> "Reader":
        return self

    def __exit__(self, *_: object) -> None:
        self.document.close()

    def pages(self) -> Iterator[Page]:
        """Every page in turn. Linear; two or three hundredths of a second each."""
        left = GLYPHS
        for at in range(len(self.document)):
            page = self._read(at)
            left -= len(page.glyphs)
            if left < 0:
                raise Suspect("heavy")
            yield page

    def _read(self, at: int) -> Page:
        """Numbers and days are often filled in as form fields and seals: they are pressed into the page first."""
        first = self.document[at]
        pdfium.FPDFPage_Flatten(first.raw, pdfium.FLAT_NORMALDISPLAY)
        first.close()
        opened = self.document[at]
        try:
            return _page(opened)
        finally:
            opened.close()


def _page(opened: pypdfium2.PdfPage) -> Page:
    frame = _Frame(opened)
    text = opened.get_textpage()
    try:
        page = Page(frame.width, frame.height, list(_glyphs(text.raw, frame)))
    finally:
        text.close()
    area = 0.0
    for one, box in _objects(opened, frame):
        kind = pdfium.FPDFPageObj_GetType(one)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            area += max(0.0, box.right - box.left) * max(0.0, box.bottom - box.top)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            page.rules += _rules(one, box)
    page.pictured = min(1.0, area / max(1.0, frame.width * frame.height))
    return page


class _Frame:
    """Turns the file's coordinates, which run up from a corner of its own, into ours, as the page is shown."""

    def __init__(self, opened: pypdfium2.PdfPage):
        self.turned = opened.get_rotation()
        self.left, self.bottom, self.right, self.top = opened.get_bbox()
        across, along = self.right - self.left, self.top - self.bottom
        self.width, self.height = (along, across) if self.turned in (90, 270) else (across, along)

    def place(self, x: float, y: float) -> tuple[float, float]:
        match self.turned:
            case 90:
                return y - self.bottom, x - self.left
            case 180:
                return self.right - x, y - self.bottom
            case 270:
                return self.top - y, self.right - x
        return x - self.left, self.top - y

    def box(self, left: float, bottom: float, right: float, top: float) -> Rule:
        (a, b), (c, d) = self.place(left, bottom), self.place(right, top)
        return Rule(min(a, c), min(b, d), max(a, c), max(b, d))


def _glyphs(text: pdfium.FPDF_TEXTPAGE, frame: _Frame) -> Iterator[Glyph]:
    """The upright letters. Baselines come from the letters' origins: boxes differ from font to font."""
    x, y = ctypes.c_double(), ctypes.c_double()
    box = pdfium.FS_RECTF()
    spaced = False
    last: Glyph | None = None
    for at in range(min(pdfium.FPDFText_CountChars(text), GLYPHS + 1)):
        letter = chr(pdfium.FPDFText_GetUnicode(text, at))
        if letter.isspace() or letter == "\0":
            spaced = spaced or letter not in "\r\n"
            continue
        if last is not None and "\u0300" <= letter <= "\u036f":
            last.text += letter
            continue
        if not pdfium.FPDFText_GetCharOrigin(text, at, x, y) or not _is_upright(text, at, frame):
            continue
        pdfium.FPDFText_GetLooseCharBox(text, at, box)
        place = frame.box(box.left, box.bottom, box.right, box.top)
        last = Glyph(
            letter,
            place.left,
            place.right,
            frame.place(x.value, y.value)[1],
            pdfium.FPDFText_GetFontSize(text, at) or place.bottom - place.top,
            spaced,
        )
        spaced = False
        yield last


def _is_upright(text: pdfium.FPDF_TEXTPAGE, at: int, frame: _Frame) -> bool:
    """Seals and marks of a scanner stand on their side; they are not part of the text."""
    angle = pdfium.FPDFText_GetCharAngle(text, at)
    if angle < 0:
        return True
    turned = (angle + frame.turned * 3.14159265 / 180) % 6.28318531
    return turned < _UPRIGHT or turned > 6.28318531 - _UPRIGHT


def _objects(opened: pypdfium2.PdfPage, frame: _Frame) -> Iterator[tuple[pdfium.FPDF_PAGEOBJECT, Rule]]:
    """The drawn things of a page with their boxes."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for at in range(min(pdfium.FPDFPage_CountObjects(opened.raw), OBJECTS)):
        one = pdfium.FPDFPage_GetObject(opened.raw, at)
        if pdfium.FPDFPageObj_GetBounds(one, left, bottom, right, top):
            yield (
                one,
                frame.box(left.value, bottom.value, right.value, top.value),
            )


def _rules(one: pdfium.FPDF_PAGEOBJECT, box: Rule) -> Iterator[Rule]:
    """A thin box is a line; a larger one that is drawn and not only filled is four; a shade is none."""
    wide, high = box.right - box.left, box.bottom - box.top
    if wide <= THIN or high <= THIN:
        if max(wide, high) >= SHORT:
            yield box
        return
    filled, drawn = ctypes.c_int(), ctypes.c_int()
    if pdfium.FPDFPath_GetDrawMode(one, filled, drawn) and drawn.value:
        yield Rule(box.left, box.top, box.right, box.top)
        yield Rule(box.left, box.bottom, box.right, box.bottom)
        yield Rule(box.left, box.top, box.left, box.bottom)
        yield Rule(box.right, box.top, box.right, box.bottom)
