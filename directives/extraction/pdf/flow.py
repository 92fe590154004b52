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
        self.beside: list[Line] = []
        self.recipients: list[Line] = []

    def add_prose(self, lines: Sequence[Line], left: float, right: float) -> None:
        lines = self._rest_of_recipients(lines)
        if lines:
            self._close_table()
            self._close_columns()
            self.prose += [(line, left, right) for line in lines]

    def add_columns(self, left: Sequence[Line], right: Sequence[Line]) -> None:
        """Two columns, one after the other; their lines stay as they are. The left may go on on the next page."""
        self._close()
        self.recipients, self.beside = list(left), list(right)

    def add_table(self, rows: list[Row]) -> None:
        self._close_columns()
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

    def _rest_of_recipients(self, lines: Sequence[Line]) -> Sequence[Line]:
        """Takes the lines at the top of a page that go on with the list of recipients: as small, and as short."""
        own = self.recipients[1:]
        at = 0
        while own and at < len(lines) and lines[at].y < own[-1].y and _is_like(lines[at], own):
            at += 1
        self.recipients += lines[:at]
        return lines[at:]

    def _close_columns(self) -> None:
        for column in (self.recipients, self.beside):
            if column:
                self.done += ["", *(line.text for line in column), ""]
        self.recipients, self.beside = [], []

    def _close(self) -> None:
        self._close_columns()
        self._close_prose()
        self._close_table()

    def _close_prose(self) -> None:
        self.done += joined_up(self.prose)
        self.prose = []

    def _close_table(self) -> None:
        if self.rows:
            self.done += ["", *table_lines(self.rows), ""]
        self.rows = []


def _is_like(line: Line, own: Sequence[Line]) -> bool:
    """As a line of a list: in its letters, at its margin, not reaching over to the signature."""
    wide = max(one.right for one in own) - own[0].left
    near = abs(line.left - own[0].left) < 2 * line.size
    return near and abs(line.size - own[0].size) < 0.6 and line.right - line.left < wide * 1.6


def _is_cut(row: Row) -> bool:
    """The rest of a row from the page before: no number, and words that begin small."""
    words = [cell.text for cell in row if cell.lines]
    return not row[0].lines and bool(words) and any(one[0].islower() for one in words)
