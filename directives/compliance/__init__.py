"""What it adds up to: tallies, the matrix, and what waits for whom. The only room that aggregates.

Every number starts from `visible(user)`, `as_of` is always handed in, and the formulas are `Tally`'s lines.
"""

from .figures import (
    RANKED_FROM,
    DirectiveFigures,
    UnitFigures,
    by_directive,
    by_task,
    by_unit,
    grouped,
    rows,
    standing_on,
    tally,
    total,
    visible,
    worst_first,
)
from .holdings import Held, drafts_of, held_work
from .matrix import UNITS_PER_PAGE, Cell, Matrix, Row, foremost, matrix
from .navigation import COUNTED_TO, waiting_count
from .packing import listed
from .papers import Stage, papers
from .progress import progress, with_progress
from .rolled import months_due, months_due_by_unit, rolled_by_unit, serves, unit_tallies
from .spans import Arrival, Span, arrival, within
from .tally import LINES, Key, Line, Tally
from .waiting import (
    Desk,
    DueDay,
    LateDocument,
    UnmannedUnit,
    desk,
    due_between,
    late_documents,
    unmanned_units,
    urged_in_vain,
)

__all__ = [
    "COUNTED_TO",
    "LINES",
    "RANKED_FROM",
    "UNITS_PER_PAGE",
    "Arrival",
    "Cell",
    "Desk",
    "DirectiveFigures",
    "DueDay",
    "Held",
    "Key",
    "LateDocument",
    "Line",
    "Matrix",
    "Row",
    "Span",
    "Stage",
    "Tally",
    "UnitFigures",
    "UnmannedUnit",
    "arrival",
    "by_directive",
    "by_task",
    "by_unit",
    "desk",
    "drafts_of",
    "due_between",
    "foremost",
    "grouped",
    "held_work",
    "late_documents",
    "listed",
    "matrix",
    "months_due",
    "months_due_by_unit",
    "papers",
    "progress",
    "rolled_by_unit",
    "rows",
    "serves",
    "standing_on",
    "tally",
    "total",
    "unit_tallies",
    "unmanned_units",
    "urged_in_vain",
    "visible",
    "waiting_count",
    "with_progress",
    "within",
    "worst_first",
]
