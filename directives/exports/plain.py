"""Rows as comma-separated text: what a spreadsheet opens as a table and never carries out."""

import csv
import re
from collections.abc import Iterable, Iterator

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
# A cell that begins so is a formula to a spreadsheet; an apostrophe before it makes it text.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
# So it may begin in the middle of a text, where the computer's own separator is another than a comma: there neither a line
# break within the text nor its quotes hold it together.
WITHIN = re.compile(r"(?<=[;\t\r\n])(?=[\"\s]*[=+\-@])")


class _Echo:
    """What the writer writes to: it hands each line back."""

    def write(self, line: str) -> str:
        return line


def csv_lines(heading: list[str], rows: Iterable[list]) -> Iterator[str]:
    """Line by line, UTF-8 with a mark for Excel: numbers as numbers, shares as 0.874, days as 2024-03-05."""
    writer = csv.writer(_Echo())
    yield BOM + writer.writerow(_plain(value) for value in heading)
    for row in rows:
        yield writer.writerow(_plain(value) for value in row)


def _plain(value):
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".")
    if not isinstance(value, str):
        return value
    value = WITHIN.sub("'", value)
    return f"'{value}" if value.startswith(FORMULA) else value
