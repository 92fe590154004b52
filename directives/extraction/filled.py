"""The child process for a filled-in workbook: limits first, then the look into the file, then its first sheet as JSON.

`{"rows": [[number, [text, …]], …]}` without empty rows, or `{"refused": word}`. Days come out as 31/5/2024, what a cell
shows as a percentage as 60%.
"""

import json
import re
import sys
import unicodedata
from datetime import date, datetime
from pathlib import Path

from directives import apart
from directives.extraction import Suspect
from directives.inspection.__main__ import look

LIMITS = {"memory": 512 * apart.MB, "cpu_seconds": 10, "largest_file": 4 * apart.MB}
MOST_ROWS, MOST_COLUMNS, LONGEST = 2_000, 40, 10_000
# What a format of numbers prints as it stands.
_LITERAL = re.compile(r'"[^"]*"|\\.')


def main(source: str) -> None:
    apart.leave_the_network()
    apart.limit(**LIMITS)
    print(json.dumps(answer(Path(source)), ensure_ascii=False))


def answer(source: Path) -> dict:
    try:
        look("xlsx", source, source)
        return {"rows": rows_of(source)}
    except Suspect as suspect:
        return {"refused": suspect.word}
    except (MemoryError, RecursionError):
        return {"refused": "heavy"}
    except Exception:  # whatever a reader stumbles over, the file is not what it says it is
        return {"refused": "broken"}


def rows_of(source: Path) -> list[tuple[int, list[str]]]:
    """The rows that hold anything; of a formula, the value it had when the file was saved."""
    from openpyxl import load_workbook

    book = load_workbook(source, read_only=True, data_only=True, keep_links=False)
    sheet = book.worksheets[0]
    sheet.reset_dimensions()  # the size a file claims to have is not its size
    rows = []
    for number, line in enumerate(sheet.iter_rows(), start=1):
        if number > MOST_ROWS or any(cell.value is not None for cell in line[MOST_COLUMNS:]):
            raise Suspect("heavy")
        cells = [_shown(cell) for cell in line[:MOST_COLUMNS]]
        if any(cells):
            rows.append((number, cells))
    return rows


def _shown(cell):
    """As a person typed it: of 100% a sheet keeps the number 1, and that it is a percentage in the format."""
    value = cell.value
    if type(value) in (int, float) and "%" in _LITERAL.sub("", cell.number_format or ""):
        return f"{value * 100:.10g}%"
    return text_of(value)


def text_of(value) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value.day}/{value.month}/{value.year}"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = unicodedata.normalize("NFC", str(value).replace("_x000D_", "")).strip()
    if len(text) > LONGEST:
        raise Suspect("heavy")
    return text


if __name__ == "__main__":
    main(*sys.argv[1:])
