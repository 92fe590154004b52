"""The child process: limits first, then the paper, then one line of JSON."""

import json
import sys
from pathlib import Path

from directives import apart

# A table of 1,200 units by 37 columns takes a third of the memory and some 5 seconds.
LIMITS = {"memory": 1536 * apart.MB, "cpu_seconds": 50, "largest_file": 100 * apart.MB}


def main(kind: str, form: str, source: str, target: str) -> None:
    apart.leave_the_network()
    apart.limit(**LIMITS)
    data = json.loads(Path(source).read_text(encoding="utf-8"))
    Path(target).write_bytes(_paper(kind, form, data))
    print(json.dumps({"form": form}))


def _paper(kind: str, form: str, data: dict) -> bytes:
    """Only the library that the form needs is loaded."""
    if form == "pdf":
        from . import pdf

        return pdf.paper(kind, data)
    from . import word

    return word.paper(kind, data)


if __name__ == "__main__":
    main(*sys.argv[1:])
