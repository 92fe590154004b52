"""What it adds up to: tallies, the matrix, and what waits for whom. The only room that aggregates.

Every number starts from `visible(user)`, `as_of` is always handed in, and the formulas are `Tally`'s lines.
"""

from .board import (
    compared,
    due_figures,
    finished_figures,
    longest_overdue,
    months_of,
    unit_figures,
    unit_figures_before,
)
from .figures import (
    RANKED_FROM,
    DirectiveFigures,
    UnitFigures,
    by_directive,
    by_task,
    by_unit,
    grouped,
    points,
    rows,
    standing_on,
    tally,
    total,
    visible,
    worst_first,
)
from .holdings import Held, drafts_of, held_work
from .levels import Level, by_child, level
from .matrix import UNITS_PER_PAGE, Cell, Matrix, Row, foremost, matrix
from .months import Month, by_done_month, by_due_month, months_until, trend
from .packing import listed
from .papers import Stage, papers
from .progress import progress, with_progress
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
    waiting_count,
)

__all__ = [
    "Arrival",
    "Cell",
    "Desk",
    "DirectiveFigures",
    "DueDay",
    "Held",
    "Key",
    "LINES",
    "LateDocument",
    "Level",
    "Line",
    "Matrix",
    "Month",
    "RANKED_FROM",
    "Row",
    "Span",
    "Stage",
    "Tally",
    "UNITS_PER_PAGE",
    "UnitFigures",
    "UnmannedUnit",
    "arrival",
    "by_child",
    "by_directive",
    "by_done_month",
    "by_due_month",
    "by_task",
    "by_unit",
    "compared",
    "desk",
    "drafts_of",
    "due_between",
    "due_figures",
    "finished_figures",
    "foremost",
    "grouped",
    "held_work",
    "late_documents",
    "level",
    "listed",
    "longest_overdue",
    "matrix",
    "months_of",
    "months_until",
    "papers",
    "points",
    "progress",
    "rows",
    "standing_on",
    "tally",
    "total",
    "trend",
    "unit_figures",
    "unit_figures_before",
    "unmanned_units",
    "urged_in_vain",
    "visible",
    "waiting_count",
    "with_progress",
    "within",
    "worst_first",
]
