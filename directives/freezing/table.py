"""The official table as it is kept: words and numbers, no formula that could change later."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from directives import compliance
from directives.models import Snapshot


@dataclass(frozen=True)
class FrozenColumn:
    """A column with its heading of that day; `is_count` has rows behind it."""

    key: str
    number: str
    heading: str
    over: str
    is_count: bool
    is_rate: bool


@dataclass(frozen=True)
class FrozenTableRow:
    """One row: what it is of, and its values in the order of the columns."""

    key: int | None
    code: str
    name: str
    values: list[Any]
    # Of a document, as JSON keeps a day.
    day: str = ""

    @property
    def issued_on(self) -> date | None:
        return date.fromisoformat(self.day) if self.day else None


@dataclass(frozen=True)
class FrozenTable:
    by: str
    columns: list[FrozenColumn]
    rows: list[FrozenTableRow]
    total: list[Any]
    checks: list[tuple[str, bool]]
    notes: list[str]

    @property
    def holds(self) -> bool:
        return all(holds for _, holds in self.checks)

    def place_of(self, key: str) -> int | None:
        """Where a column that has rows behind it stands."""
        found = (at for at, column in enumerate(self.columns) if column.is_count and column.key == key)
        return next(found, None)


def figures_of(table, notes) -> dict:
    """An official table as JSON keeps it."""
    return {
        "by": table.by,
        "columns": [_column(column) for column in compliance.COLUMNS],
        "rows": [
            [row.of.key, row.of.code, row.of.name, _values(row), _day(row.of.order)] for row in table.rows
        ],
        "total": _values(table.total),
        "checks": [[str(one.said), one.holds] for one in table.invariants],
        "notes": [str(note) for note in notes],
    }


def frozen_table(snapshot: Snapshot) -> FrozenTable:
    kept = snapshot.figures
    return FrozenTable(
        by=kept["by"],
        columns=[FrozenColumn(*values) for values in kept["columns"]],
        rows=[FrozenTableRow(*values) for values in kept["rows"]],
        total=kept["total"],
        checks=[(said, holds) for said, holds in kept["checks"]],
        notes=kept["notes"],
    )


def _column(column):
    words = [column.key, column.number, str(column.heading), str(column.over)]
    return [*words, column.is_count, column.is_rate]


def _day(order):
    return order.isoformat() if isinstance(order, date) else ""


def _values(row):
    return [row.values[column.key] for column in compliance.COLUMNS]
