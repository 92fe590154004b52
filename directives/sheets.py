"""The rows of a workbook that somebody filled in. Looked into and read in a child process with limits, never here."""

from directives import apart
from directives.files import XLSX, clean_name, kind_of, refusal
from directives.texts import WALL_SECONDS, on_disk
from units.spreadsheet import Row


def rows_of(upload) -> list[Row]:
    """The rows of the first sheet that hold anything. Raises `Incomplete` (field `file`) with the way out.

    Costs a child process of a fraction of a second, at most 30 seconds. Call it outside a transaction.
    """
    name = clean_name(upload.name or "")
    kind = kind_of(name, [XLSX])
    with on_disk(upload, kind, name) as path:
        answer = apart.ask("directives.extraction.filled", str(path), seconds=WALL_SECONDS)
    if answer is None or "refused" in answer:
        raise refusal(answer["refused"] if answer else "heavy", name)
    return [Row(number, tuple(cells)) for number, cells in answer["rows"]]
