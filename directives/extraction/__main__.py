"""The child process: limits first, then the look into the file, then its text, then one line of JSON."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from directives import apart
from directives.extraction import Suspect, extract
from directives.inspection.__main__ import look

# A document of a hundred pages takes a tenth of either. Nothing is written but what Python compiles for itself.
LIMITS = {"memory": 512 * apart.MB, "cpu_seconds": 10, "largest_file": 4 * apart.MB}
# Tesseract and LibreOffice take their time and write files; LibreOffice asks for far more addresses than it uses.
LIMITS_OCR = {"memory": 1024 * apart.MB, "cpu_seconds": 60, "largest_file": 100 * apart.MB}
LIMITS_OLD = LIMITS_OCR | {"memory": 4096 * apart.MB}
_DRAWN = ("jpeg", "png", "heic")


def main(kind: str, source: str, ocr: str = "") -> None:
    if kind != "doc":  # LibreOffice was not tried without a network
        apart.leave_the_network()
    apart.limit(**LIMITS_OLD if kind == "doc" else LIMITS_OCR if ocr else LIMITS)
    print(json.dumps(answer(kind, Path(source), ocr=bool(ocr)), ensure_ascii=False))


def answer(kind: str, source: Path, *, ocr: bool) -> dict:
    """`{"refused": word}`, or the fields of `Extracted`."""
    try:
        if kind not in _DRAWN:  # a picture is looked into while it is drawn anew
            look(kind, source, source)
        found = extract(source, kind=kind, ocr=ocr)
    except Suspect as suspect:
        return {"refused": suspect.word}
    except (MemoryError, RecursionError):
        return {"refused": "heavy"}
    except Exception:  # whatever a reader stumbles over, the file is not what it says it is
        return {"refused": "broken"}
    return asdict(found)


if __name__ == "__main__":
    main(*sys.argv[1:])
