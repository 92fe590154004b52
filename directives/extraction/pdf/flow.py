"""The pages in one flow: paragraphs and table rows that a page break cuts are put together again."""

from collections.abc import Sequence

from ..cells import Row, table_lines
from .lines import Line
from .paragraphs import joined_up


class Flow:
    """Takes the parts of the pages in their order; `lines` gives the text."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.prose: list[tuple[Line, float, float]] = []
        self.rows: list[Row] = []

    def add_prose(self, lines: Sequence[Line], left: float, right: float) -> None:
        if lines:
            self._close_table()
            self.prose += [(line, left, right) for line in lines]

    def add_column(self, lines: Sequence[Line]) -> None:
        """One of two columns: its lines stay as they are."""
        self._close()
        self.done += ["", *(line.text for line in lines), ""]

    def add_table(self, rows: list[Row]) -> None:
        self._close_prose()
        if self.rows and len(self.rows[-1]) != len(rows[0]):
            self._close_table()
        if self.rows and _is_cut(rows[0]):
            for cell, rest in zip(self.rows[-1], rows[0], strict=True):
                cell.lines = (
                    [" ".join([*cell.lines[-1:], *rest.lines])]
                    if not cell.lines[1:]
                    else cell.lines + rest.lines
                )
            rows = rows[1:]
        self.rows += rows

    def lines(self) -> list[str]:
        self._close()
        return self.done

    def _close(self) -> None:
        self._close_prose()
        self._close_table()

    def _close_prose(self) -> None:
        self.done += joined_up(self.prose)
        self.prose = []

    def _close_table(self) -> None:
        if self.rows:
            self.done += ["", *table_lines(self.rows), ""]
        self.rows = []


def _is_cut(row: Row) -> bool:
    """The rest of a row from the page before: no number, and words that begin small."""
    words = [cell.text for cell in row if cell.lines]
    return not row[0].lines and bool(words) and any(one[0].islower() for one in words)
