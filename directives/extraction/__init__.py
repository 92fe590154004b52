"""From a file to its text: paragraphs, numbers that Word counts by itself, tables as rows between bars.

Pure Python without Django. Files come from strangers: `python -m directives.extraction` runs this in a process with
limits; only tests call `extract` in their own.
"""

from dataclasses import dataclass
from pathlib import Path

from directives.inspection import Suspect

__all__ = ["Extracted", "Suspect", "extract"]


@dataclass(frozen=True, slots=True)
class Extracted:
    """`text` is composed (NFC), one paragraph a line, tables as `| a | b |`. `pages` is None where a file has none.

    Footnotes stand below the text as "[1] …". `notes` are words on how it was read: "ocr", "old" (a .doc that was
    converted), "tcvn3", "pictures" (some pages are pictures and were left out).
    """

    text: str
    pages: int | None = None
    notes: tuple[str, ...] = ()


def extract(path: Path, *, kind: str | None = None, ocr: bool = False) -> Extracted:
    """The text of a .docx, .pdf or .doc file, or with `ocr` of a picture of a page; `kind` is one of these words, by default the name's ending.

    Raises `Suspect` with the word that says why not; the content must have passed `directives.inspection`. Linear in
    the file; a page costs milliseconds, with `ocr` seconds. Only the reader that the kind needs is loaded.
    """
    match kind or path.suffix.lower().lstrip("."):
        case "docx":
            from . import word

            return word.read(path)
        case "pdf":
            from . import pdf

            return pdf.read(path, ocr=ocr)
        case "doc":
            from . import old

            return old.read(path)
        case "jpeg" | "jpg" | "png" | "heic" as picture:
            from . import photo

            return photo.read(path, "jpeg" if picture == "jpg" else picture, ocr=ocr)
    raise Suspect("unknown")
