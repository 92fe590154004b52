"""A photographed or scanned page (.jpg, .png): drawn anew, then read by Tesseract like a page of a scan."""

import tempfile
from pathlib import Path

from directives.inspection import Suspect, pictures

from . import Extracted
from .pdf import text_of_pages
from .pdf.glyphs import Page
from .pdf.pictures import read_picture

# A page is taken for a sheet of A4, standing or lying, whatever the camera's dots.
_SHORT_SIDE = 595.0


def read(path: Path, kind: str, *, ocr: bool) -> Extracted:
    """The words of a picture. Raises `Suspect` ("scan" without `ocr`, "no_ocr"). Costs seconds."""
    if not ocr:
        raise Suspect("scan")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        drawn = home / "page"
        pictures.redraw(path, drawn, kind)
        width, height = pictures.size(drawn)
        scale = _SHORT_SIDE / max(1, min(width, height))
        glyphs = read_picture(drawn, home, scale)
    text = text_of_pages([Page(width * scale, height * scale, glyphs)])
    if not text.strip():
        raise Suspect("no_text")
    return Extracted(text, 1, ("ocr",))
