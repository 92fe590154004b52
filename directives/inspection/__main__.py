"""The child process: limits first, then one look at one file, then one line of JSON."""

import json
import sys
from pathlib import Path

from directives import apart
from directives.inspection import Suspect

LIMITS = {"memory": 512 * apart.MB, "cpu_seconds": 10, "largest_file": 4 * apart.MB}
# A photograph is decoded to its last pixel and drawn anew.
LIMITS_PICTURE = {"memory": 1024 * apart.MB, "cpu_seconds": 20, "largest_file": 100 * apart.MB}
DOCUMENTS = ("pdf", "docx", "xlsx")


def main(kind: str, source: str, copy: str) -> None:
    apart.leave_the_network()
    apart.limit(**LIMITS if kind in DOCUMENTS else LIMITS_PICTURE)
    print(json.dumps({"refused": refusal(kind, Path(source), Path(copy))}))


def refusal(kind: str, source: Path, copy: Path) -> str:
    try:
        look(kind, source, copy)
    except Suspect as suspect:
        return suspect.word
    except (MemoryError, RecursionError):
        return "heavy"
    except Exception:  # whatever a parser stumbles over, the file is not what it says it is
        return "broken"
    return ""


def look(kind: str, source: Path, copy: Path) -> None:
    """Only the parser that this kind needs is loaded."""
    if kind == "pdf":
        from directives.inspection import pdf

        pdf.look(source)
    elif kind in {"docx", "xlsx"}:
        from directives.inspection import office

        office.look(source, kind)
    elif kind == "doc":
        from directives.inspection import old

        old.look(source)
    else:
        from directives.inspection import pictures

        pictures.redraw(source, copy, kind)


if __name__ == "__main__":
    main(*sys.argv[1:])
