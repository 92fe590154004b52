"""The child process: limits first, then the look into the file, then its text, then one line of JSON."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from directives import apart
from directives.extraction import Suspect, extract
from directives.inspection.__main__ import look

MEMORY, CPU_SECONDS = 1024 * apart.MB, 20
# LibreOffice asks for far more addresses than it uses; recognising a page takes its time.
MEMORY_OLD, CPU_SECONDS_LONG = 4096 * apart.MB, 60
_DRAWN = ("jpeg", "png", "heic")
LARGEST_FILE = 100 * apart.MB


def main(kind: str, source: str, ocr: str = "") -> None:
    apart.limit(
        memory=MEMORY_OLD if kind == "doc" else MEMORY,
        cpu_seconds=CPU_SECONDS_LONG if kind == "doc" or ocr else CPU_SECONDS,
        largest_file=LARGEST_FILE,
    )
    print(json.dumps(answer(kind, Path(source), ocr=bool(ocr))))


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
