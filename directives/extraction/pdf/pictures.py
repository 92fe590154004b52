"""Pages that are pictures: told apart, and read by Tesseract where it is asked for and installed."""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from directives.inspection import Suspect

from ..programs import RECOGNISER, path_of, run
from .glyphs import Glyph, Page, Reader

LANGUAGE = "vie"
PAGES = 30
SECONDS = 90
RESOLUTION = 300
PIXELS = 40_000_000
# A stamp on a scan has up to about 150 letters; a picture that fills the page covers most of it.
_FEW, _MOST = 200, 0.5
_ENOUGH = 300
# In Vietnamese about one letter in four has a mark; in a text layer with the wrong letters hardly one.
_MARKED = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹàáãèéìíòóõùúĩũý]", re.IGNORECASE)
_LEAST_MARKED = 0.05
_WORD_LEVEL, _LINE_LEVEL = "5", "4"
# A line's box is this much higher than its letters' size.
_BOX = 0.8


def is_picture(page: Page) -> bool:
    return page.pictured >= _MOST and len(page.glyphs) < _FEW


def is_garbled(text: str) -> bool:
    """A text layer whose letters are not those on the page: much text, and hardly a Vietnamese letter. Linear."""
    letters = sum(1 for c in text if c.isalpha())
    if letters < _ENOUGH or len(_MARKED.findall(text)) >= letters * _LEAST_MARKED:
        return False
    # Loading the parser costs more than reading a page, and few files come so far.
    from directives.parsing.legacy import is_tcvn3

    return not is_tcvn3(text)


def recognised(reader: Reader, at: int) -> Page:
    """The page as Tesseract reads it: words at their places. Raises `Suspect` ("no_ocr"). Costs seconds."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        width, height, scale = _drawn(reader, at, home / "page.png")
        return Page(width, height, read_picture(home / "page.png", home, scale))


def read_picture(picture: Path, home: Path, scale: float) -> list[Glyph]:
    """The words of a drawing, `scale` points a dot; `home` is a folder of our own. Raises `Suspect` ("no_ocr")."""
    program = path_of(RECOGNISER)
    if program is None:
        raise Suspect("no_ocr")
    languages = run([program, "--list-langs"], home=home, seconds=SECONDS).decode(errors="replace")
    if LANGUAGE not in languages.split():
        raise Suspect("no_ocr")
    fineness = str(round(72 / scale))
    command = [program, str(picture), "stdout", "-l", LANGUAGE, "--dpi", fineness, "tsv"]
    table = run(command, home=home, seconds=SECONDS).decode(errors="replace")
    return list(words_in(table, scale))


def _drawn(reader: Reader, at: int, path: Path) -> tuple[float, float, float]:
    """Draws a page and answers with its size and with the points that a dot of the drawing is."""
    page = reader.document[at]
    try:
        width, height = page.get_size()
        scale = min(RESOLUTION / 72, (PIXELS / max(1.0, width * height)) ** 0.5)
        page.render(scale=scale, grayscale=True).to_pil().save(path)
    finally:
        page.close()
    return width, height, 1 / scale


def words_in(table: str, scale: float) -> Iterator[Glyph]:
    """The words of Tesseract's table, each as one large letter on the baseline of its line."""
    y = size = 0.0
    for row in table.splitlines()[1:]:
        fields = row.split("\t")
        if len(fields) < 12 or not all(one.isdigit() for one in fields[6:10]):
            continue
        left, top, width, height = (int(one) * scale for one in fields[6:10])
        if fields[0] == _LINE_LEVEL:
            y, size = top + height, height * _BOX
        elif fields[0] == _WORD_LEVEL and (word := fields[11].strip()):
            yield Glyph(word, left, left + width, y, size, spaced=True)
