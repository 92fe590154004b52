"""From rows of text to named values: which column is which, and what a cell says."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from units.errors import Refused
from units.naming import fold

from .lines import Line

HEADER_WITHIN = 10
DATE_FORMATS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d")
MAX_POSITION = 32_767


@dataclass(frozen=True)
class Column:
    """A column a table may have. `headers` are folded: they match with or without marks, in any order."""

    key: str
    label: Any
    headers: tuple[str, ...]
    reads: Callable[[str], Any] = str
    required: bool = False
    longest: int = 255


@dataclass
class Table:
    """The rows below the header; `columns` are those the header has."""

    rows: list[tuple[int, dict[str, str]]]
    columns: set[str] = field(default_factory=set)
    ignored: list[str] = field(default_factory=list)


class UnreadableError(ValueError):
    """A cell that does not say what its column asks for; the argument is the sentence."""


def tabulate(rows, columns: Sequence[Column]) -> Table:
    """Find the header within the first rows (offices put a title above it) and name the cells below."""
    for place, row in enumerate(rows[:HEADER_WITHIN]):
        found = _columns_of(row, columns)
        if len(found) > 1:
            _check_complete(found, columns)
            named = [(below.number, _named(below, found)) for below in rows[place + 1 :]]
            ignored = [cell for at, cell in enumerate(row.cells) if cell and at not in found.values()]
            return Table([line for line in named if any(line[1].values())], set(found), ignored)
    wanted = ", ".join(str(column.label) for column in columns if column.required)
    raise Refused(_("Không thấy dòng tiêu đề. Bảng phải có các cột: %(columns)s.") % {"columns": wanted})


def understand(line: Line, cells: dict[str, str], columns: Sequence[Column], present: set[str]) -> Line:
    """Read the cells of the columns that are there into `line.data`, noting what cannot be read."""
    for column in columns:
        text = cells.get(column.key, "")
        if column.required and not text:
            line.faults.append(_("Thiếu %(column)s.") % {"column": str(column.label).lower()})
        elif len(text) > column.longest:
            limits = {"column": column.label, "longest": column.longest}
            line.faults.append(_("%(column)s dài hơn %(longest)d ký tự.") % limits)
        elif column.key in present:
            _read(line, column, text)
    return line


def _read(line, column, text):
    try:
        line.data[column.key] = column.reads(text)
    except UnreadableError as unreadable:
        line.faults.append(f"{column.label}: {unreadable}")


def _columns_of(row, columns) -> dict[str, int]:
    folded = [fold(cell) for cell in row.cells]
    at = {
        column.key: next((folded.index(h) for h in column.headers if h in folded), None) for column in columns
    }
    return {key: place for key, place in at.items() if place is not None}


def _check_complete(found, columns):
    missing = [str(column.label) for column in columns if column.required and column.key not in found]
    if missing:
        raise Refused(_("Bảng thiếu cột: %(columns)s.") % {"columns": ", ".join(missing)})


def _named(row, found) -> dict[str, str]:
    return {key: row.cells[at] if at < len(row.cells) else "" for key, at in found.items()}


# --- What a cell says --------------------------------------------------------------------------
def read_date(text: str) -> date | None:
    """31/5/2024, or nothing. A day that no calendar has is unreadable."""
    for form in DATE_FORMATS if text else ():
        try:
            return datetime.strptime(text[:10], form).date()  # noqa: DTZ007 - a day, not a moment
        except ValueError:
            continue
    if text:
        raise UnreadableError(_("“%(text)s” không phải một ngày (ghi như 31/5/2024).") % {"text": text})
    return None


def read_number(text: str) -> int:
    if not text:
        return 0
    if not text.isdecimal() or int(text) > MAX_POSITION:
        raise UnreadableError(_("“%(text)s” không phải số thứ tự.") % {"text": text})
    return int(text)


def chosen_from(choices) -> Callable[[str], str]:
    """A reader for one of the choices, by its Vietnamese words (marks ignored) or its own code."""

    def read_choice(text: str) -> str:
        with translation.override("vi"):
            words = {fold(str(label)): value for value, label in choices.choices}
        value = words.get(fold(text)) or (text if text in choices.values else None)
        if value is None:
            # Some of the words have commas of their own.
            offered = "; ".join(f"“{label}”" for label in choices.labels)
            raise UnreadableError(
                _("“%(text)s” không có. Chọn một trong: %(offered)s.") % {"text": text, "offered": offered}
            )
        return value

    return read_choice
